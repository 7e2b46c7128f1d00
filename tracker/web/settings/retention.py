"""How long the words of audits are kept, and asking that old ones go: how many, and nothing of what they say."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.audits.commands.retention import ask_run
from tracker.audits.queries.retention import due_counts, open_run, retention_runs
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people import queries
from tracker.people.commands.organisation import set_audit_years
from tracker.people.policy import Permission
from tracker.people.rules import AUDIT_YEARS, FEWEST_YEARS, MOST_YEARS
from tracker.web.access import current_person, requires
from tracker.web.forms import Form, VersionField, WholeField, answered
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp
from tracker.web.templating import day

_SHOWN = 20


class YearsForm(Form):
    """Asks for how many years the words of an audit are kept."""

    version = VersionField()
    years = WholeField(
        "Years after an audit is final that its words and reference are kept", least=FEWEST_YEARS, most=MOST_YEARS
    )


class AskForm(Form):
    """Asks for a run; there is nothing to fill in."""


@bp.route("/retention", methods=["GET", "POST"])
@requires(Permission.RETENTION_ASK)
def retention_change() -> ResponseReturnValue:
    """Set the years, or ask for a run; both stand on one page."""
    ours = queries.organisation(db_session())
    years = ours.audit_years if ours else AUDIT_YEARS
    asks = request.method == "POST" and "ask" in request.form
    form = YearsForm(formdata=None) if asks else YearsForm()
    ask = AskForm() if asks or request.method == "GET" else AskForm(formdata=None)
    if asks and ask.validate_on_submit():
        with saving(ask) as session:
            run = ask_run(session, as_at=clock.today(), years=years, by=current_person())
            text = "A moderator approves it under Audits, Retention. Nothing goes before."
            return done(f"Asked for: run {run.number}", text=text, to="settings.retention_change")
    if request.method == "POST" and not asks and form.validate_on_submit():
        with saving(form) as session:
            kept = answered(form.years.number)
            set_audit_years(session, years=kept, version=form.version.number, by=current_person())
            return done(f"Saved: words of audits are kept for {counted(kept, 'year')}", to="settings.retention_change")
    stored = queries.organisation(db_session())
    if not form.problems or form.is_stale:
        form.version.data = str(stored.version if stored else 0)
    if request.method == "GET" or asks:
        form.years.data = str(years)
    # The page has one summary of what is wrong, whichever of its forms was sent.
    form.form_errors = [*form.form_errors, *ask.form_errors]
    session = db_session()
    return render_template(
        "settings/retention_change.html",
        form=form,
        ask=ask,
        stored=f"{counted(stored.audit_years, 'year')}" if form.is_stale and stored else "",
        counts=due_counts(session, as_at=clock.today(), years=years),
        is_open=open_run(session) is not None,
        runs=[
            (f"Run {run.number}", f"{run.asked_by.name}, {day(run.created_at)}", run.words)
            for run in retention_runs(session, limit=_SHOWN)
        ],
    ), ask.status if asks else form.status
