"""Learning messages by theme: the list, recording one, and what changed after it."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.commands.learning import Message, change_message, send_message
from tracker.audits.models import AssuranceEvent, LearningMessage, Theme
from tracker.audits.queries import events, learning
from tracker.audits.rules import limits
from tracker.audits.rules.other_words import Audience
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.other_forms import ThemedForm, lists
from tracker.web.forms import (
    AtMost,
    DayField,
    FromList,
    NotBlank,
    RecordField,
    TextAreaField,
    answered,
    choice,
    choices_of,
)
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day


class MessageForm(ThemedForm):
    """Asks for a message, whom it is for, and what changed after it."""

    theme = RecordField("Theme", [NotBlank("Choose a theme")])
    words = TextAreaField("The message", [NotBlank("Write the message"), AtMost(limits.ALERT_LENGTH, "The message")])
    audience = FromList(
        "Whom is it for?",
        choices=[choice("", "Choose whom"), *choices_of(Audience)],
        validators=[NotBlank("Choose whom it is for")],
    )
    sent_on = DayField("Sent on", needs_year=True, validators=[NotBlank("Enter the day it was sent")])
    changed = TextAreaField("What changed, when it is known", [AtMost(limits.ALERT_LENGTH, "What changed")])
    changed_day = DayField("Since which day?", needs_year=True)

    def message(self, themes: list[Theme]) -> Message:
        """Return what was answered."""
        return Message(
            theme=answered(self.theme.chosen(themes)),
            words=answered(self.words.data),
            audience=Audience(self.audience.data),
            sent_on=answered(self.sent_on.day),
            changed=self.changed.data or "",
            changed_day=self.changed_day.day,
        )


@dataclass(frozen=True)
class MessageLine:
    """A learning message with what changed; `change_url` only for who may change it."""

    theme: str
    theme_url: str
    words: str
    sent: str
    changed: str
    changed_day: str
    change_url: str | None


@bp.get("/learning")
@requires(Permission.OTHER_EVIDENCE_READ)
def learning_index() -> ResponseReturnValue:
    """List the learning messages, the latest first."""
    session, reader = db_session(), current_person()
    total = learning.message_count(session, reader=reader)
    page = page_of(total, lambda number: url_for("audits.learning_index", page=number))
    may_write = allowed(Permission.OTHER_EVIDENCE_WRITE, events.other_evidence_to_be(session))
    found = learning.messages(session, reader=reader, limit=A_PAGE, offset=page.offset)
    return render_template(
        "audits/learning_index.html",
        chips_of_lists=lists("audits.learning_index"),
        rows=[_line(one, may_write=may_write) for one in found],
        page=page,
        may_add=may_write,
    )


@bp.route("/learning/new", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=events.other_evidence_to_be)
def learning_new(_: AssuranceEvent) -> ResponseReturnValue:
    """Record a learning message that went out."""
    form = MessageForm()
    themes = form.offer_themes(db_session(), none="Choose a theme")
    if form.validate_on_submit():
        with saving(form) as session:
            confirmed, token = form.names_confirmed.data, form.form_token.data or None
            said = form.message(themes)
            send_message(session, said, names_confirmed=confirmed, form_token=token, by=current_person())
            return done("Learning message recorded", to="audits.learning_index")
    form.give_token()
    return render_template(
        "audits/learning_form.html", form=form, heading="Record a learning message", stored="", button="Record it"
    ), form.status


@bp.route("/learning/<public_id>", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=learning.message)
def learning_change(kept: LearningMessage) -> ResponseReturnValue:
    """Put a learning message right, or say what changed after it."""
    form, public_id = MessageForm(data=_as_data(kept)), kept.public_id
    themes = form.offer_themes(db_session(), none="Choose a theme", kept=kept.theme)
    if form.validate_on_submit():
        with saving(form) as session:
            confirmed, version = form.names_confirmed.data, form.version.number
            said = form.message(themes)
            change_message(session, kept, said, names_confirmed=confirmed, version=version, by=current_person())
            return done("Learning message saved", to="audits.learning_index")
    stored = learning.message(db_session(), public_id) or kept
    if form.is_stale:
        form.version.data = str(stored.version)
    shown = f"{stored.words} {stored.changed}" if form.is_stale else ""
    return render_template(
        "audits/learning_form.html", form=form, heading="Change a learning message", stored=shown, button="Save it"
    ), form.status


def _line(one: LearningMessage, *, may_write: bool) -> MessageLine:
    return MessageLine(
        theme=one.theme.name,
        theme_url=url_for("themes.theme_show", code=one.theme.code),
        words=one.words,
        sent=f"To: {one.audience.words}. Sent {day(one.sent_on)}",
        changed=one.changed,
        changed_day=f"since {day(one.changed_day)}" if one.changed_day else "",
        change_url=url_for("audits.learning_change", public_id=one.public_id) if may_write else None,
    )


def _as_data(kept: LearningMessage) -> dict[str, object]:
    return {
        "version": kept.version,
        "theme": str(kept.theme_id),
        "words": kept.words,
        "audience": kept.audience.value,
        "sent_on": kept.sent_on,
        "changed": kept.changed,
        "changed_day": kept.changed_day,
    }
