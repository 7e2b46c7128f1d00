"""Feedback: the list, one question through its periods, recording a set and putting it right."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.commands.feedback import FeedbackFacts, add_feedback, change_feedback
from tracker.audits.models import AssuranceEvent, FeedbackSet, Theme
from tracker.audits.queries import events, feedback
from tracker.audits.rules import limits
from tracker.audits.rules.feedback import MOST_INVITED, Replies
from tracker.audits.rules.other_words import FeedbackSource
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.other_forms import ThemedForm, lists, period_words
from tracker.web.forms import (
    AtMost,
    DayField,
    FromList,
    NotBlank,
    StringField,
    WholeField,
    answered,
    choice,
    choices_of,
)
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving


class FeedbackForm(ThemedForm):
    """Asks for one question, who was asked it, when, and how many replied what."""

    source = FromList(
        "Who was asked?",
        choices=[choice("", "Choose who"), *choices_of(FeedbackSource)],
        validators=[NotBlank("Choose who was asked")],
    )
    question = StringField(
        "The question, to which yes is the good answer",
        validators=[NotBlank("Enter the question that was asked"), AtMost(limits.QUESTION_LENGTH, "The question")],
    )
    starts_on = DayField("First day", needs_year=True, validators=[NotBlank("Enter the first day")])
    ends_on = DayField("Last day", needs_year=True, validators=[NotBlank("Enter the last day")])
    invited = WholeField("How many were invited?", least=1, most=MOST_INVITED)
    responded = WholeField("How many replied?", least=0, most=MOST_INVITED)
    yes = WholeField("How many said yes?", least=0, most=MOST_INVITED)

    def facts(self, themes: list[Theme]) -> FeedbackFacts:
        """Return what was answered."""
        return FeedbackFacts(
            source=FeedbackSource(self.source.data),
            question=answered(self.question.data),
            starts_on=answered(self.starts_on.day),
            ends_on=answered(self.ends_on.day),
            replies=Replies(answered(self.invited.number), answered(self.responded.number), answered(self.yes.number)),
            theme=self.theme.chosen(themes),
        )


@dataclass(frozen=True)
class FeedbackLine:
    """A set of feedback as lists show it: never a share without its figures."""

    question: str
    url: str
    source: str
    when: str
    replies: str
    few: str
    theme: str
    theme_url: str | None


@bp.get("/feedback")
@requires(Permission.OTHER_EVIDENCE_READ)
def feedback_index() -> ResponseReturnValue:
    """List the sets of feedback, the latest period first."""
    session, reader = db_session(), current_person()
    total = feedback.feedback_count(session, reader=reader)
    page = page_of(total, lambda number: url_for("audits.feedback_index", page=number))
    found = feedback.feedback_sets(session, reader=reader, limit=A_PAGE, offset=page.offset)
    may_export = allowed(Permission.OTHER_EVIDENCE_EXPORT, events.other_evidence_to_be(session))
    return render_template(
        "audits/feedback_index.html",
        chips_of_lists=lists("audits.feedback_index"),
        rows=[feedback_line(one) for one in found],
        page=page,
        may_add=allowed(Permission.OTHER_EVIDENCE_WRITE, events.other_evidence_to_be(session)),
        csv_url=url_for("audits.feedback_csv") if may_export else None,
        excel_url=url_for("audits.other_evidence_xlsx") if may_export else None,
    )


@bp.route("/feedback/new", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=events.other_evidence_to_be)
def feedback_new(_: AssuranceEvent) -> ResponseReturnValue:
    """Record a set of feedback."""
    form = FeedbackForm()
    themes = form.offer_themes(db_session(), none="No theme")
    if form.validate_on_submit():
        with saving(form) as session:
            made = add_feedback(
                session,
                form.facts(themes),
                names_confirmed=form.names_confirmed.data,
                form_token=form.form_token.data or None,
                by=current_person(),
            )
            return done("Feedback recorded", text=made.question, to="audits.feedback_show", public_id=made.public_id)
    form.give_token()
    return render_template(
        "audits/feedback_form.html", form=form, heading="Record feedback", stored="", button="Record it"
    ), form.status


@bp.get("/feedback/<public_id>")
@requires(Permission.OTHER_EVIDENCE_READ, about=feedback.feedback)
def feedback_show(subject: FeedbackSet) -> ResponseReturnValue:
    """Show one question through all its periods."""
    may_change = allowed(Permission.OTHER_EVIDENCE_WRITE, subject)
    return render_template(
        "audits/feedback_show.html",
        line=feedback_line(subject),
        periods=[feedback_line(one) for one in feedback.same_question(db_session(), subject)],
        change_url=url_for("audits.feedback_change", public_id=subject.public_id) if may_change else None,
    )


@bp.route("/feedback/<public_id>/change", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=feedback.feedback)
def feedback_change(subject: FeedbackSet) -> ResponseReturnValue:
    """Put a set of feedback right."""
    public_id = subject.public_id
    form = FeedbackForm(data=_as_data(subject))
    themes = form.offer_themes(db_session(), none="No theme", kept=subject.theme)
    if form.validate_on_submit():
        with saving(form) as session:
            change_feedback(
                session,
                subject,
                form.facts(themes),
                names_confirmed=form.names_confirmed.data,
                version=form.version.number,
                by=current_person(),
            )
            return done("Feedback saved", text=subject.question, to="audits.feedback_show", public_id=public_id)
    stored = feedback.feedback(db_session(), public_id) or subject
    if form.is_stale:
        form.version.data = str(stored.version)
    shown = f"{stored.question} {stored.replies.words}" if form.is_stale else ""
    return render_template(
        "audits/feedback_form.html", form=form, heading="Change feedback", stored=shown, button="Save it"
    ), form.status


def feedback_line(one: FeedbackSet) -> FeedbackLine:
    """Return a set of feedback as lists show it."""
    return FeedbackLine(
        question=one.question,
        url=url_for("audits.feedback_show", public_id=one.public_id),
        source=one.source.words,
        when=period_words(one.starts_on, one.ends_on),
        replies=one.replies.words,
        few="Few replies" if one.replies.is_few else "",
        theme=one.theme.name if one.theme else "",
        theme_url=url_for("themes.theme_show", code=one.theme.code) if one.theme else None,
    )


def _as_data(one: FeedbackSet) -> dict[str, object]:
    return {
        "version": one.version,
        "source": one.source.value,
        "question": one.question,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "invited": str(one.invited),
        "responded": str(one.responded),
        "yes": str(one.yes),
        "theme": str(one.theme_id or ""),
    }
