"""Who opened what of audits, took it away or was refused: a page and a file, themselves written down."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import queries
from tracker.audits.models import Audit
from tracker.audits.queries.read_log import ReadEntry, Reading, Wanted, read_count, read_entries, readers
from tracker.core import clock
from tracker.core.csv_files import csv_bytes
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import SENTENCES, Permission
from tracker.web.access import requires
from tracker.web.audits.blueprint import bp
from tracker.web.forms import (
    AtMost,
    DayField,
    Form,
    FromList,
    NotBlank,
    RecordField,
    StringField,
    choice,
    choices_of,
    trimmed,
)
from tracker.web.opening import note_opening
from tracker.web.paging import A_PAGE, page_of
from tracker.web.sending import file_answer
from tracker.web.templating import clock_time, day

_USUAL = timedelta(days=30)
# A spreadsheet takes no more, and nobody reads so many.
MOST_ROWS = 50_000
_HEADER = ("day", "time", "who", "act", "what", "case", "rows")
_KINDS = {
    "audit": "Audit",
    "audit_exemption": "Exemption",
    "audit_round": "Round of audits",
    "audit_sample": "Sample",
    "dispute": "Dispute",
    "immediate_concern": "Immediate concern",
    "moderation": "Moderation",
    "more_time": "More time",
    "practice_alert": "Practice alert",
    "re_audit": "Re-audit",
    "remedial_action": "Remedial action",
    "sample_file": "File of a sample",
    "theme": "Words of findings on a theme",
}


class FilterForm(Form):
    """Asks for the days, the person and the act; what it does not understand it leaves out, saying so."""

    class Meta(Form.Meta):
        """It only reads, so it needs no guard against forgery."""

        csrf = False

    since = DayField("From", needs_year=True)
    until = DayField("To", needs_year=True)
    person = RecordField("Person")
    act = FromList("What was done", choices=[choice("", "Anything"), *choices_of(Reading)])


class CaseForm(Form):
    """Asks for a case reference, which stands in no address (security)."""

    code = StringField("Case reference", validators=[NotBlank("Enter a case reference"), AtMost(60, "Case reference")])


@dataclass(frozen=True)
class LogLine:
    """An entry as the page shows it."""

    when: str
    who: str
    act: str
    what: str
    code: str
    url: str | None


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the form with it, what it means, the case if there is one, and the address again."""

    form: FilterForm
    wanted: Wanted
    audit: Audit | None
    address: dict[str, Any]


@bp.route("/audits/read-log", methods=["GET", "POST"])
@requires(Permission.READLOG_READ)
def read_log_index() -> ResponseReturnValue:
    """Show who did what with records of cases, the newest first; a case is asked for by form, never by address."""
    find = CaseForm() if request.method == "POST" else CaseForm(formdata=None)
    if request.method == "POST" and find.validate_on_submit():
        found = queries.any_audit_of(db_session(), find.code.data or "")
        if found is not None:
            return _to_case(found)
        find.code.errors = ["No audit has this case reference"]
    note_opening(what="read_log")
    asked = _asked()
    total = read_count(db_session(), asked.wanted)
    page = page_of(total, lambda number: url_for("audits.read_log_index", **asked.address, page=number))
    found_entries = read_entries(db_session(), asked.wanted, limit=A_PAGE, offset=page.offset)
    return render_template(
        "audits/read_log_index.html",
        form=asked.form,
        find=find,
        case=asked.audit.case.code if asked.audit else "",
        audit=asked.audit.public_id if asked.audit else "",
        days=f"{day(asked.wanted.since)} to {day(asked.wanted.until)}",
        total=counted(total, "entry", "entries"),
        lines=[_line(one) for one in found_entries],
        page=page,
        csv_url=url_for("audits.read_log_csv", **asked.address),
    ), find.status


@bp.get("/audits/read-log.csv")
@requires(Permission.READLOG_READ)
def read_log_csv() -> Response:
    """Send the entries that the same address of the page shows, all of its pages, as CSV."""
    entries = read_entries(db_session(), _asked().wanted, limit=MOST_ROWS)
    rows = [
        (day(one.at), clock_time(one.at), one.who, one.act.words, _what(one), one.code, one.detail.get("rows"))
        for one in entries
    ]
    data = csv_bytes(_HEADER, rows)
    return file_answer(None, data, name="read-log", end="csv", rows=len(rows), listed="read_log")


def _to_case(audit: Audit) -> ResponseReturnValue:
    return redirect(url_for("audits.read_log_index", audit=audit.public_id), 303)


def _asked() -> Asked:
    """Read the address; a day that cannot be read, and whoever is not there, count as not asked for."""
    form = FilterForm(formdata=request.args, data=None)
    people = readers(db_session())
    form.person.offer(people, none="Anybody")
    form.validate()
    until = form.until.day or clock.today()
    since = form.since.day or min(until, clock.today()) - _USUAL
    person = None if form.person.errors else form.person.chosen(people)
    audit = queries.audit_with_case(db_session(), trimmed(request.args.get("audit")))
    wanted = Wanted(
        since=min(since, until),
        until=max(since, until),
        act=Reading(form.act.data) if form.act.data and not form.act.errors else None,
        person_id=person.id if person else None,
        case_id=audit.case_id if audit else None,
    )
    return Asked(form, wanted, audit, _address(wanted, audit))


def _address(wanted: Wanted, audit: Audit | None) -> dict[str, Any]:
    said: dict[str, date | str | int | None] = {
        "since": wanted.since,
        "until": wanted.until,
        "act": wanted.act.value if wanted.act else None,
        "person": wanted.person_id,
        "audit": audit.public_id if audit else None,
    }
    return {name: str(value) for name, value in said.items() if value is not None}


def _line(one: ReadEntry) -> LogLine:
    return LogLine(
        when=f"{day(one.at)}, {clock_time(one.at)}",
        who=one.who,
        act=one.act.words,
        what=_what(one),
        code=one.code,
        url=url_for("audits.audit_show", public_id=one.public_id) if one.public_id else None,
    )


def _what(one: ReadEntry) -> str:
    """Say in words what an entry is about; never by what was typed."""
    if one.act is Reading.REFUSED:
        permission = one.detail.get("permission", "")
        sentence = SENTENCES[Permission(permission)] if permission in list(Permission) else "What it was is erased"
        return f"{sentence} ({_KINDS[one.kind].lower()})" if one.kind in _KINDS else sentence
    if "search" in one.detail:
        return f"Search among {one.detail['search']}s"
    told = one.detail.get("what") or one.detail.get("list") or ""
    listed = str(told).replace("_", " ").capitalize()
    return _KINDS.get(one.kind, one.kind.replace("_", " ").capitalize()) or listed or "A list"
