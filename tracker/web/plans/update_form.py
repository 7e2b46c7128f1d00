"""The form of an update, with the fields of each milestone of the action; what is saved is the command's."""

import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from tracker.core import clock
from tracker.core.problems import Gathered, Invalid
from tracker.people.models import Person
from tracker.people.policy import Permission, may
from tracker.plans.commands.answers import Answer, MilestoneAnswer, Shown, Way, Words
from tracker.plans.commands.update_checks import check_words
from tracker.plans.models import Action, Milestone, UpdateDraft
from tracker.plans.queries.drafts import typed_in
from tracker.plans.queries.history import HistoryRow
from tracker.plans.queries.milestones import MilestoneLine
from tracker.plans.rules import questions
from tracker.plans.rules.dates import DateProblem, TargetDate, read_done_on, read_target_date
from tracker.plans.rules.moves import MoveReason
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import DeclaredRag
from tracker.plans.rules.vocabulary import MilestoneState
from tracker.plans.rules.workbook import ActionRow
from tracker.web.forms import AtMost, Form, VersionField, choice, choices_of, one_of, trimmed

_IN_ORDER = (DeclaredRag.GREEN, DeclaredRag.AMBER, DeclaredRag.RED, DeclaredRag.COMPLETE)
_NEEDS_WORDS = frozenset({DeclaredRag.RED.value, DeclaredRag.AMBER.value})
CAME_BY = ("", "E-mail", "Telephone", "Meeting or conversation", "Paper")
_TYPED = frozenset(
    {"declared", "happened", "why", "doing", "evidence", "evidence_url", "ask", "on_behalf_of", "came_by"}
)
_MILESTONE_FIELD = re.compile(r"m([0-9]+)_[a-z_]+")


def _asked(question: questions.Question) -> tuple[str, list[AtMost]]:
    """Return how a field of words is asked and checked."""
    return question.asked, [AtMost(question.most, question.what)]


class UpdateForm(Form):
    """What an update asks of the action as a whole (ux 8.7)."""

    declared = RadioField(
        "How is this action now?",
        [one_of(*DeclaredRag, message="Select how this action is now")],
        choices=[choice(code.value, Rag(code.value).word) for code in _IN_ORDER],
        validate_choice=False,
    )
    happened = TextAreaField(*_asked(questions.HAPPENED))
    why = TextAreaField(*_asked(questions.WHY))
    doing = TextAreaField(*_asked(questions.DOING))
    evidence = TextAreaField(*_asked(questions.EVIDENCE))
    evidence_url = StringField("Link to it", [AtMost(500, "The link")])
    evidence_files = MultipleFileField("Files that show it")
    ask = TextAreaField(*_asked(questions.ASK))
    on_behalf_of = StringField(*_asked(questions.ON_BEHALF_OF))
    came_by = SelectField(
        "How did it reach you?",
        [one_of(*CAME_BY, message="Choose how it reached you from the list")],
        choices=[choice(way, way or "It is my own") for way in CAME_BY],
        filters=[trimmed],
        validate_choice=False,
    )
    agrees_dates = BooleanField("Agree the new dates at once, as the programme office")
    form_token = HiddenField(validators=[AtMost(64, "The form")])
    after = VersionField()
    draft_version = VersionField()
    is_draft = False
    # Of a form that came back after a conflict: the update that it was first made from, 0 for none.
    built_on: int | None = None


def milestone_fields(line: MilestoneLine) -> dict[str, Any]:
    """Return the fields of one open milestone, by the names under which its problems are told."""
    name = f"m{line.id}"
    fields: dict[str, Any] = {
        f"{name}_new_date": StringField(*_asked(questions.NEW_DATE)),
        f"{name}_because": StringField(*_asked(questions.BECAUSE)),
        f"{name}_code": SelectField(
            "What moved it?",
            choices=choices_of(sorted(MoveReason, key=lambda reason: reason is not MoveReason.OTHER)),
            default=MoveReason.OTHER.value,
            filters=[trimmed],
            validate_choice=False,
        ),
        f"{name}_done_on": StringField(*_asked(questions.DONE_ON)),
    }
    if line.repeats:
        turns = [choice(turn.isoformat(), f"{turn:%-d %b %Y}") for turn in line.turns]
        fields[f"{name}_turns"] = SelectMultipleField("Done", choices=turns, validate_choice=False)
        return fields
    states = [choice(state.value, state.words) for state in MilestoneState if not _is_behind(state, line.state)]
    fields[f"{name}_state"] = RadioField(line.title, choices=states, validate_choice=False, default=line.state.value)
    fields[f"{name}_is_confirmed"] = BooleanField("Yes, it was done before the plan was approved")
    return fields


def _is_behind(state: MilestoneState, now: MilestoneState) -> bool:
    return state is MilestoneState.NOT_STARTED and now is MilestoneState.STARTED


def typed_fields(sent: MultiDict[str, str]) -> dict[str, list[str]]:
    """Return what a person typed or chose of what was sent, by the names of the fields: what a draft keeps."""
    return {name: sent.getlist(name) for name in sent if name in _TYPED or _MILESTONE_FIELD.fullmatch(name)}


def fields_of_row(row: ActionRow) -> dict[str, Sequence[str]]:
    """Return a row of a workbook as this form would have sent it."""
    typed: dict[str, Sequence[str]] = {"declared": [row.colour.value]}
    typed |= {name: [getattr(row, name)] for name in ("happened", "why", "doing", "evidence")}
    for part in row.milestones:
        name = f"m{part.milestone_id}"
        typed |= {f"{name}_{field}": [getattr(part, field)] for field in ("done_on", "new_date", "because")}
        if part.turn and part.reached is MilestoneState.DONE:
            typed[f"{name}_turns"] = [part.turn]
        elif part.reached is not None:
            typed[f"{name}_state"] = [part.reached.value]
    return typed


def update_form(
    lines: Iterable[MilestoneLine],
    last: HistoryRow | None,
    *,
    rag: str | None = None,
    draft: UpdateDraft | None = None,
) -> Any:
    """Make the form of an action; as first shown it carries over what the last update said (ux 8.7).

    With a `draft` of the person's own it is filled in with that; a colour chosen since by a link in a mail counts.
    """
    fields = {name: field for line in lines if line.is_open for name, field in milestone_fields(line).items()}
    kind = type("ActionUpdateForm", (UpdateForm,), fields)
    said = last.code if last is not None else ""
    _, why, doing, _ = last.words if last is not None and said in _NEEDS_WORDS else ("", "", "", "")
    begun = {
        "form_token": secrets.token_urlsafe(24),
        "after": last.id if last is not None else 0,
        "draft_version": draft.version if draft is not None else 0,
    }
    kept = {} if draft is None else {"formdata": _as_sent(draft, begun, rag)}
    form = kind(
        **kept,
        data={
            **begun,
            "declared": rag or (said if said != DeclaredRag.COMPLETE.value else None) or None,
            "why": why,
            "doing": doing,
        },
    )
    form.is_draft = draft is not None and not form.is_held
    return form


def _as_sent(draft: UpdateDraft, begun: dict[str, Any], rag: str | None) -> MultiDict[str, str]:
    """Return a draft as though its form were sent from a page that is open now."""
    sent: MultiDict[str, str] = MultiDict()
    for name, values in typed_in(draft).items():
        sent.setlist(name, values)
    sent.update({name: str(value) for name, value in begun.items()})
    if rag is not None:
        sent["declared"] = rag
    return sent


def answer_of(
    form: Any, lines: Sequence[MilestoneLine], milestones: Sequence[Milestone], *, for_others: bool
) -> Answer | None:
    """Return what the form says, None when it says no colour; what cannot be read is told beside its field."""
    by_id = {milestone.id: milestone for milestone in milestones}
    said = [_milestone(form, line, by_id[line.id]) for line in lines if line.is_open and line.id in by_id]
    if form.declared.data not in set(DeclaredRag):
        return None
    evidence = form.evidence.data or form.evidence_url.data
    return Answer(
        declared=DeclaredRag(form.declared.data),
        words=Words(form.happened.data, form.why.data, form.doing.data, form.ask.data),
        milestones=tuple(one for one in said if one is not None),
        evidence=(Shown(form.evidence.data, form.evidence_url.data),) if evidence else (),
        way=Way(
            on_behalf_of=form.on_behalf_of.data if for_others else "",
            came_by=(form.came_by.data or "") if for_others else "",
            form_token=form.form_token.data or None,
        ),
    )


def writes_for_others(person: Person, action: Action) -> bool:
    """Whether a person writes as the office, on behalf of who leads the action (domain A9)."""
    return may(person, Permission.ACTION_ON_BEHALF, action)


def refuse_strangers(form: Any, action: Action, milestones: Iterable[Milestone]) -> None:
    """Refuse a form that speaks of milestones of another action."""
    known = {str(milestone.id) for milestone in milestones}
    sent = {found[1] for name in request.form if (found := _MILESTONE_FIELD.fullmatch(name))}
    if sent - known:
        form.refuse(Invalid(None, f"A milestone in this form is not one of {action.ref}. Open the page again"))


def refuse_missing_words(form: Any, action: Action, answer: Answer | None) -> None:
    """Name the words that the colour needs, for a form that cannot be tried because a field by itself is wrong."""
    wrong = Gathered()
    if answer is not None:
        check_words(action, answer, wrong)
    for problem in wrong.found:
        form.refuse(problem)


def _milestone(form: Any, line: MilestoneLine, milestone: Milestone) -> MilestoneAnswer | None:
    name = f"m{line.id}"
    new_date = _new_date(form[f"{name}_new_date"])
    because = form[f"{name}_because"].data
    done_on, started_on = None, None
    ticked: tuple[tuple[date, date], ...] = ()
    if line.repeats:
        ticked = _ticked(form, name, line)
    else:
        state = _state(form[f"{name}_state"], line)
        if state is MilestoneState.DONE:
            done_on, new_date = _day(form[f"{name}_done_on"]), None
        started_on = clock.today() if state is MilestoneState.STARTED else None
    if not (done_on or started_on or ticked or new_date):
        return None
    return MilestoneAnswer(
        milestone,
        name=name,
        started_on=started_on,
        done_on=done_on,
        is_confirmed=not line.repeats and form[f"{name}_is_confirmed"].data,
        ticked=ticked,
        new_date=new_date,
        because=because,
        code=_code(form[f"{name}_code"]),
    )


def _code(field: Any) -> MoveReason:
    """Return the kind of reason; the words tell it where none was chosen."""
    return MoveReason(field.data) if field.data in set(MoveReason) else MoveReason.OTHER


def _state(field: Any, line: MilestoneLine) -> MilestoneState | None:
    """Return the state chosen when it is another one than now."""
    chosen = field.data or line.state.value
    if chosen not in {offered.value for offered in field.choices}:
        field.errors = [*field.errors, f"Select how far “{line.title}” is"]
        return None
    return MilestoneState(chosen) if chosen != line.state.value else None


def _ticked(form: Any, name: str, line: MilestoneLine) -> tuple[tuple[date, date], ...]:
    field = form[f"{name}_turns"]
    chosen = field.data or []
    if not set(chosen) <= {turn.isoformat() for turn in line.turns}:
        field.errors = [*field.errors, f"Choose from the turns of “{line.title}”"]
        return ()
    on = _day(form[f"{name}_done_on"]) if chosen else None
    return tuple((date.fromisoformat(turn), on) for turn in chosen) if on else ()


def _day(field: Any) -> date | None:
    """Return an exact day, today when the box is empty."""
    if field.errors:
        return None
    try:
        return read_done_on(field.data, today=clock.today())
    except DateProblem as problem:
        field.errors = [*field.errors, str(problem)]
        return None


def _new_date(field: Any) -> TargetDate | None:
    if field.errors or not field.data:
        return None
    try:
        return read_target_date(field.data, today=clock.today())
    except DateProblem as problem:
        field.errors = [*field.errors, str(problem)]
        return None
