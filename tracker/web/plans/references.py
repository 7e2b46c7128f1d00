"""References between actions: all that are proposed on one page, what an action waits for, and ending a link."""

import re
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField, TextAreaField

from tracker.core.problems import Conflict, Invalid
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.links import Settled, add_dependency, end_link, settle_references
from tracker.plans.models import Action, ActionLink, Plan
from tracker.plans.queries.action import action_at
from tracker.plans.queries.links import Proposal, count_proposals, proposals
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.related import link_at, numbers_of
from tracker.plans.rules.states import LinkKind
from tracker.web.access import allowed, current_person, refuse_unless, requires
from tracker.web.forms import AtMost, Form, FromList, NotBlank, VersionField, choice, one_of
from tracker.web.paging import page_of
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving

_PER_PAGE = 20
_NAME = re.compile(r"r(?P<id>[0-9]{1,9})_(?P<what>answer|target|version)")
_GONE = (
    "A reference that you answered was settled since you opened the page, so nothing was saved. Your other answers are "
    "still below: save them again"
)
_LEAVE, _REJECT = "", "reject"
_ANSWERS = (_LEAVE, LinkKind.CROSS_REFERENCE.value, LinkKind.DEPENDS_ON.value, _REJECT)


class WaitForm(Form):
    """What an action waits for."""

    target = FromList("Which action does it wait for?", coerce=str)
    why = StringField("Why?", [NotBlank("Say why it waits"), AtMost(200, "The reason")])


class LinkEndForm(Form):
    """Why a link ends."""

    why = TextAreaField("Why does it end?", [NotBlank("Say why it ends"), AtMost(400, "The reason")])
    version = VersionField()


@bp.route("/plans/<slug>/references", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def reference_index(plan: Plan) -> ResponseReturnValue:
    """Confirm, change or reject the references that are proposed, as many as are answered in one go."""
    session, slug = db_session(), plan.slug
    total = count_proposals(session, plan)
    page = page_of(total, lambda number: url_for("plans.reference_index", slug=slug, page=number), size=_PER_PAGE)
    # A page that is sent is judged by what stood on it: what others have settled since has moved the pages.
    sent = _sent()
    shown = proposals(session, plan, offset=0 if sent else page.offset, limit=_PER_PAGE, among=sent)
    form = _references_form(shown)
    if form.validate_on_submit():
        with saving(form) as session:
            _refuse_gone(sent, shown)
            number = settle_references(session, _answers(form, shown, plan), by=current_person())
            return done(f"{counted(number, 'reference')} settled", to="plans.reference_index", slug=slug)
    rows = [(one, form[f"r{one.link.id}_answer"], form[f"r{one.link.id}_target"]) for one in shown]
    return render_template("plans/reference_index.html", plan=plan, form=form, rows=rows, page=page), form.status


@bp.route("/plans/<slug>/<action_number:ref>/waits", methods=["GET", "POST"])
@requires(Permission.ACTION_UPDATE, about=action_at)
def action_wait(action: Action) -> ResponseReturnValue:
    """Say what an action waits for: the office adds it, a lead proposes it."""
    # The lead of a partner reads nothing of the actions around their own (domain A9).
    refuse_unless(allowed(Permission.PLAN_READ, action.plan), Permission.PLAN_READ, action.plan)
    form, slug, ref = WaitForm(), action.plan.slug, action.ref
    numbers = [row for row in numbers_of(db_session(), action.plan_id, in_force=True) if row[0] != action.id]
    offered = [choice(str(key), f"{number} {title}") for key, number, title in numbers]
    form.target.choices = [choice("", "Choose an action"), *offered]
    adds = allowed(Permission.PLAN_EDIT, action)
    if form.validate_on_submit():
        chosen = next((key for key, _, _ in numbers if str(key) == form.target.data), None)
        with saving(form) as session:
            if chosen is None:
                raise Invalid("target", "Choose the action that it waits for")
            other = session.get_one(Action, chosen)
            add_dependency(session, action, on=other, why=form.why.data or "", by=current_person())
            told = f"{ref} waits for {other.ref}" if adds else f"Proposed: {ref} waits for {other.ref}"
            return done(told, to="plans.action_show", slug=slug, ref=ref)
    page = render_template("plans/action_wait.html", form=form, slug=slug, ref=ref, title=action.title, adds=adds)
    return page, form.status


@bp.route("/plans/<slug>/<action_number:ref>/links/<int(max=2147483647):link_id>/end", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=link_at)
def link_end(link: ActionLink) -> ResponseReturnValue:
    """End a link from one action to another, with the reason."""
    action, other = link.origin, db_session().get(Action, link.to_id) if link.to_id else None
    slug, ref = action.plan.slug, action.ref
    says = "waits for" if link.kind is LinkKind.DEPENDS_ON else "refers to"
    sentence = f"{ref} {says} {other.ref} {other.title}" if other is not None else f"{ref}: “{link.text}”"
    form = LinkEndForm(data={"version": link.version})
    if form.validate_on_submit():
        with saving(form) as session:
            end_link(session, link, why=form.why.data or "", by=current_person(), version=form.version.number)
            return done(f"Ended: {sentence}", to="plans.action_show", slug=slug, ref=ref)
    page = render_template("plans/link_end.html", form=form, slug=slug, ref=ref, title=action.title, sentence=sentence)
    return page, form.status


def _sent() -> dict[int, bool]:
    """Return the references that stood on the page that was sent, each with whether it was answered."""
    found: dict[int, bool] = {}
    for name, value in request.form.items():
        if part := _NAME.fullmatch(name):
            link_id = int(part["id"])
            found[link_id] = found.get(link_id, False) or (part["what"] == "answer" and value != _LEAVE)
    return dict(list(found.items())[:_PER_PAGE])


def _refuse_gone(sent: dict[int, bool], shown: list[Proposal]) -> None:
    """Say that an answer can no longer be taken: somebody else has settled its reference meanwhile."""
    there = {one.link.id for one in shown}
    if any(is_answered and link_id not in there for link_id, is_answered in sent.items()):
        raise Conflict(None, _GONE)


def _references_form(shown: list[Proposal]) -> Any:
    """Make the form of the references on this page: of each how it is meant, the number, and the version seen."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for one in shown:
        name = f"r{one.link.id}"
        fields[f"{name}_answer"] = RadioField(
            "What does it say?",
            [one_of(*_ANSWERS, message="Select what the reference says")],
            choices=[
                choice(_LEAVE, "Decide later"),
                choice(LinkKind.CROSS_REFERENCE.value, "It only refers to that action"),
                choice(LinkKind.DEPENDS_ON.value, "It waits for that action"),
                choice(_REJECT, "It holds no longer"),
            ],
            validate_choice=False,
        )
        fields[f"{name}_target"] = StringField("Number of the action", [AtMost(20, "The number")])
        fields[f"{name}_version"] = VersionField()
        data |= {f"{name}_answer": _LEAVE, f"{name}_target": one.target, f"{name}_version": one.link.version}
    return type("ReferencesForm", (Form,), fields)(data=data)


def _answers(form: Any, shown: list[Proposal], plan: Plan) -> list[Settled]:
    """Return what was said of the references that were answered, with the actions that the numbers mean."""
    session = db_session()
    by_number = {ref.casefold(): key for key, ref, _ in numbers_of(session, plan.id)}
    found = []
    for one in shown:
        name = f"r{one.link.id}"
        said, typed = form[f"{name}_answer"].data or _LEAVE, (form[f"{name}_target"].data or "").casefold()
        if said == _LEAVE:
            continue
        kind = None if said == _REJECT else LinkKind(said)
        meant = session.get_one(Action, by_number[typed]) if kind is not None and typed in by_number else None
        found.append(Settled(one.link, form[f"{name}_version"].number, kind, meant, name))
    return found
