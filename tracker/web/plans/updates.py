"""Saving updates: the whole form, "no change" in one press, one update by itself, and taking one back."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, TextAreaField

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.answers import Way
from tracker.plans.commands.dates import approve_dates_of
from tracker.plans.commands.drafts import end_draft
from tracker.plans.commands.updates import (
    confirm_no_change,
    save_update,
    sent_before,
    why_not_take_back,
    withdraw_update,
)
from tracker.plans.models import Action, Update
from tracker.plans.queries.action import action_at, milestones_of, update_at
from tracker.plans.queries.window import UpdateWindow, update_window
from tracker.web.access import allowed, current_person, refuse_unless, requires
from tracker.web.forms import AtMost, Form, VersionField
from tracker.web.plans.action import may_update, new_form, page_context
from tracker.web.plans.action_page import ActionPage, load_page
from tracker.web.plans.blueprint import bp
from tracker.web.plans.evidence_files import checked_files, with_files
from tracker.web.plans.history_rows import history_entries
from tracker.web.plans.saved import onward, saved_text
from tracker.web.plans.update_form import (
    answer_of,
    refuse_missing_words,
    refuse_strangers,
    update_form,
    writes_for_others,
)
from tracker.web.saving import done, saving
from tracker.web.security import takes_files
from tracker.web.templating import closing_time


class NoChangeForm(Form):
    """The press that says nothing changed."""

    form_token = HiddenField(validators=[AtMost(64, "The form")])
    after = VersionField()


class TakeBackForm(Form):
    """Why an update is taken back, in the person's own words or none."""

    reason = TextAreaField("Why do you take it back?", [AtMost(400, "Why you take it back")])
    version = VersionField()


@bp.route("/plans/<slug>/<action_number:ref>/update", methods=["GET", "POST"])
@requires(Permission.ACTION_UPDATE, about=action_at)
@takes_files(64)
def action_update(action: Action) -> ResponseReturnValue:
    """Show the form of an update, and save it with all that it says or not at all."""
    if not may_update(action):
        return redirect(url_for("plans.action_show", slug=action.plan.slug, ref=action.ref))
    page = load_page(db_session(), action, current_person())
    if request.method == "GET":
        return render_template("plans/action_update.html", **page_context(page, new_form(page)))
    form = update_form(page.lines, page.last)
    return _save(page, form) or _again(action, form)


def _save(page: ActionPage, form: Any) -> ResponseReturnValue | None:
    """Save what was sent, or put everything that is wrong beside its field at once; each save is tried in full."""
    action, person = page.action, page.person
    milestones = milestones_of(db_session(), action)
    refuse_strangers(form, action, milestones)
    is_sound = form.validate()
    answer = answer_of(form, page.lines, milestones, for_others=writes_for_others(person, action))
    uploads = checked_files(form, form.evidence_files)
    if answer is None or not is_sound:
        refuse_missing_words(form, action, answer)
        return None
    with saving(form) as session:
        if sent_before(session, action, answer.way.form_token, by=person) is None:
            answer = with_files(session, answer, uploads, form.evidence.data)
        update = save_update(session, action, answer=answer, by=person, after=form.after.number)
        if form.agrees_dates.data and allowed(Permission.DATE_APPROVE, action):
            approve_dates_of(session, update, by=person)
        end_draft(session, action, by=person)
        if not form.problems:
            return _saved(page, update, answer)
    return None


def _saved(page: ActionPage, update: Update, answer: Any) -> ResponseReturnValue:
    """Say what was saved, what disagrees with it, and go on to what is still due (ux 8.7)."""
    action = page.action
    undo = url_for("plans.update_show", slug=action.plan.slug, ref=action.ref, update_id=update.id)
    to, address = onward(page, goes_on="next" in request.form)
    text = saved_text(db_session(), page, update, answer)
    return done(f"Update saved: {action.ref}", text=text, undo=undo, to=to, **address)


def _again(action: Action, form: Any) -> ResponseReturnValue:
    """Show the page with the words as they were typed, and after a conflict what is stored now."""
    stored = action_at(db_session(), action.plan.slug, action.ref)
    if stored is None:
        abort(404)
    page = load_page(db_session(), stored, current_person())
    if form.is_stale:
        twin = sent_before(db_session(), stored, form.form_token.data, by=page.person)
        if twin is not None:
            return done(f"Update saved: {stored.ref}", to="plans.action_show", slug=stored.plan.slug, ref=stored.ref)
        form = _on_newest(page, form)
    return render_template("plans/action_update.html", **page_context(page, form)), form.status


def _on_newest(page: ActionPage, form: Any) -> Any:
    """Return the form again upon the newest update: saving it then makes the person's own the newer one."""
    again = update_form(page.lines, page.last)
    again.form_errors, again.is_stale, again.built_on = list(form.form_errors), True, form.after.number
    for field in form:
        if field.errors and field.name in again:
            again[field.name].errors = list(field.errors)
    again.after.data = str(page.last.id if page.last is not None else 0)
    return again


@bp.post("/plans/<slug>/<action_number:ref>/no-change")
@requires(Permission.ACTION_UPDATE, about=action_at)
def action_no_change(action: Action) -> ResponseReturnValue:
    """Record in one press that nothing changed; what may not be said so shows the form instead."""
    form, person = NoChangeForm(), current_person()
    slug, ref = action.plan.slug, action.ref
    if form.validate():
        with saving(form) as session:
            way = Way(form_token=form.form_token.data or None)
            update = confirm_no_change(session, action, by=person, way=way, after=form.after.number)
            undo = url_for("plans.update_show", slug=slug, ref=ref, update_id=update.id)
            to, address = onward(load_page(session, action, person), goes_on=False)
            return done(f"Confirmed, no change: {ref}", undo=undo, to=to, **address)
    stored = action_at(db_session(), slug, ref)
    if stored is None:
        abort(404)
    page = load_page(db_session(), stored, person)
    shown = new_form(page) if may_update(stored) else None
    problems = [words for _, words in form.problems]
    if shown is not None:
        shown.form_errors, shown.is_stale = problems, False
    context = page_context(page, shown)
    return render_template("plans/action_update.html", **context, problems=problems), form.status


@bp.get("/plans/<slug>/<action_number:ref>/updates/<int(max=2147483647):update_id>")
@requires(Permission.LEAD_NAMES, about=update_at)
def update_show(update: Update) -> ResponseReturnValue:
    """Show one update by itself, with the way to take it back while that is open."""
    action = update.action
    page = load_page(db_session(), action, current_person())
    entry = next(one for one in history_entries(page) if one.id == f"update-{update.id}")
    return render_template(
        "plans/update_show.html",
        action=action,
        entry=entry,
        may_take_back=_may_take_back(update, page.window),
        until=closing_time(page.window.open_until(update.submitted_at)),
        reason=update.state_reason,
        update_id=update.id,
    )


@bp.route("/plans/<slug>/<action_number:ref>/updates/<int(max=2147483647):update_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.ACTION_UPDATE, about=update_at)
def update_withdraw(update: Update) -> ResponseReturnValue:
    """Ask once more, then take an update back: its author or the office may, until the closing time."""
    is_open = _may_take_back(update, update_window(db_session()))
    refuse_unless(is_open, Permission.ACTION_UPDATE, update)
    form = TakeBackForm(data={"version": update.version})
    slug, ref, update_id = update.action.plan.slug, update.action.ref, update.id
    if form.validate_on_submit():
        with saving(form) as session:
            withdraw_update(
                session, update, reason=form.reason.data or "", by=current_person(), version=form.version.number
            )
            return done(f"Update taken back: {ref}", to="plans.action_show", slug=slug, ref=ref)
    context = {"form": form, "slug": slug, "ref": ref, "update_id": update_id}
    return render_template("plans/update_withdraw.html", **context), form.status


def _may_take_back(update: Update, window: UpdateWindow) -> bool:
    return why_not_take_back(current_person(), update.action, update, window=window) is None
