"""Pages: asking leads for the updates they owe: whom, the very mail, once more to confirm, and who was asked when."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from tracker.core import clock
from tracker.core.text import counted, joined
from tracker.extensions import db_session, mail_desk
from tracker.notices.commands.chasing import chase
from tracker.notices.queries.asking import leads_of, letters_to
from tracker.notices.queries.closings import Calendar, calendar
from tracker.notices.queries.outbox import asked_of_late, chase_count
from tracker.notices.rules.asking import Lead
from tracker.notices.rules.letters import Mail
from tracker.notices.rules.timing import may_chase
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form
from tracker.web.home.blueprint import bp
from tracker.web.home.office_rows import asked_words
from tracker.web.paging import page_of
from tracker.web.saving import done, saving, told
from tracker.web.templating import clock_time, day

_LOG_SIZE = 20
_LONGEST_ID = 9


@dataclass(frozen=True)
class Choice:
    """A lead who owes updates, with the box to tick."""

    id: int
    name: str
    missing: str
    asked: str
    is_chosen: bool
    may_be_asked: bool
    url: str


@dataclass(frozen=True)
class LogRow:
    """Somebody who was asked: when, by whom, and what became of the mail."""

    name: str
    at: str
    by: str
    state: str


class ChaseForm(Form):
    """The mails as they were chosen; the people stand in fields of one name."""

    again = HiddenField(validators=[AtMost(1, "The choice")])
    form_token = HiddenField(validators=[AtMost(64, "The form")])

    @property
    def is_again(self) -> bool:
        """Whether those are meant too who were asked within the week."""
        return bool(self.again.data == "1")


@bp.get("/office/chase")
@requires(Permission.LEAD_CHASE)
def office_chase() -> ResponseReturnValue:
    """Choose whom to ask, and see the very mail that one of them would get."""
    session = db_session()
    around = calendar(session)
    owing = [lead for lead in leads_of(session, current_person(), around) if lead.due]
    shown = _shown(owing)
    part = page_of(len(owing), lambda number: url_for("home.office_chase", page=number))
    log = page_of(chase_count(session, current_person()), lambda _: "", size=_LOG_SIZE)
    return render_template(
        "home/office_chase.html",
        choices=[_choice(lead) for lead in owing[part.rows]],
        part=part,
        shown=shown.name if shown is not None else "",
        mail=_mail(shown, around) if shown is not None else None,
        log=[_log_row(*row) for row in asked_of_late(session, current_person(), limit=_LOG_SIZE)],
        log_total=log.total,
        is_set_up=bool(current_app.config["SETTINGS"].mail.host),
    )


@bp.route("/office/chase/send", methods=["GET", "POST"])
@requires(Permission.LEAD_CHASE)
def office_chase_send() -> ResponseReturnValue:
    """Ask once more before mails go to people, then put them into the outbox."""
    person, chosen = current_person(), _chosen()
    form = ChaseForm(data={"again": request.args.get("again", ""), "form_token": secrets.token_urlsafe(24)})
    if form.validate_on_submit():
        with saving(form) as session:
            desk, token = mail_desk(g.organisation), form.form_token.data or ""
            return _sent(chase(session, chosen, desk, again=form.is_again, form_token=token, by=person))
    leads = [lead for lead in leads_of(db_session(), person) if lead.person_id in chosen]
    return (_confirm(form, leads), form.status) if leads else _sent(leads)


def _chosen() -> set[int]:
    given = request.form if request.method == "POST" else request.args
    return {int(text) for text in given.getlist("person") if text.isdecimal() and len(text) <= _LONGEST_ID}


def _mail(lead: Lead, around: Calendar) -> Mail:
    """Return the mail that a lead would get now."""
    desk = mail_desk(g.organisation)
    (_, letter), *_ = letters_to(db_session(), [lead], around, is_bare=desk.is_bare)
    return desk.written(letter)


def _sent(leads: Sequence[Lead]) -> ResponseReturnValue:
    if not leads:
        return told("Nobody was chosen, so nothing was sent", kind="problem", to="home.office_chase")
    names = joined([lead.name for lead in leads])
    return done(f"{counted(len(leads), 'e-mail')} on the way", text=f"To {names}.", to="home.office_chase")


def _confirm(form: ChaseForm, leads: Sequence[Lead]) -> str:
    """Show the last question, and name those who were asked within the week."""
    today = clock.today()
    mails = counted(len(leads), "e-mail")
    return render_template(
        "home/office_chase_send.html",
        form=form,
        title=f"Send {mails}?",
        button_words=f"Send {mails}",
        rows=[(lead.person_id, lead.name, _missing(lead), asked_words(lead.asked_on)) for lead in leads],
        asked=[lead.name for lead in leads if not may_chase(today, lead.asked_on)],
        again=form.is_again,
    )


def _shown(owing: Sequence[Lead]) -> Lead | None:
    """Return the lead whose mail is shown: the one asked for, else the first who may be asked."""
    asked = request.args.get("shown", "")
    fitting = [lead for lead in owing if str(lead.person_id) == asked]
    fitting += [lead for lead in owing if lead.may_be_asked(clock.today())]
    return next(iter([*fitting, *owing]), None)


def _choice(lead: Lead) -> Choice:
    may_be_asked = lead.may_be_asked(clock.today())
    return Choice(
        id=lead.person_id,
        name=lead.name,
        missing=_missing(lead),
        asked=asked_words(lead.asked_on),
        is_chosen=may_be_asked,
        may_be_asked=may_be_asked,
        url=url_for("home.office_chase", shown=lead.person_id, _anchor="the-mail"),
    )


def _missing(lead: Lead) -> str:
    return f"{len(lead.due)} of {counted(len(lead.accountable), 'update')} missing"


def _log_row(notice: Any, by: str) -> LogRow:
    state = notice.state.words + (f". {notice.error}." if notice.error else "")
    return LogRow(notice.person.name, f"{day(notice.created_at)}, {clock_time(notice.created_at)}", by, state)
