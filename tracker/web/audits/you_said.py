"""You said, we did: what people said and what was done about it, as a page that prints."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.commands.learning import Said, change_said, keep_said
from tracker.audits.models import AssuranceEvent, Theme, YouSaid
from tracker.audits.queries import events, learning
from tracker.audits.rules import limits
from tracker.audits.rules.other_words import Voice
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.other_forms import ThemedForm, lists
from tracker.web.forms import AtMost, DayField, FromList, NotBlank, TextAreaField, answered, choice, choices_of
from tracker.web.paging import A_PAGE, page_of
from tracker.web.saving import done, saving
from tracker.web.templating import day


class SaidForm(ThemedForm):
    """Asks what people said, and what was done."""

    voice = FromList(
        "Who said it?",
        choices=[choice("", "Choose who"), *choices_of(Voice)],
        validators=[NotBlank("Choose who said it")],
    )
    said = TextAreaField(
        "What did they say?", [NotBlank("Write what people said"), AtMost(limits.ALERT_LENGTH, "What people said")]
    )
    said_on = DayField("When?", needs_year=True, validators=[NotBlank("Enter the day")])
    did = TextAreaField("What did we do, when it is done?", [AtMost(limits.ALERT_LENGTH, "What was done")])
    did_on = DayField("Since which day?", needs_year=True)

    def answer(self, themes: list[Theme]) -> Said:
        """Return what was answered."""
        return Said(
            voice=Voice(self.voice.data),
            said=answered(self.said.data),
            said_on=answered(self.said_on.day),
            theme=self.theme.chosen(themes),
            did=self.did.data or "",
            did_on=self.did_on.day,
        )


@dataclass(frozen=True)
class SaidLine:
    """What people said and what was done; `change_url` only for who may change it."""

    voice: str
    said: str
    when: str
    theme: str
    theme_url: str | None
    did: str
    did_on: str
    change_url: str | None


@bp.get("/you-said")
@requires(Permission.OTHER_EVIDENCE_READ)
def said_index() -> ResponseReturnValue:
    """Show what people said beside what was done, the latest first."""
    session, reader = db_session(), current_person()
    total = learning.said_count(session, reader=reader)
    page = page_of(total, lambda number: url_for("audits.said_index", page=number))
    may_write = allowed(Permission.OTHER_EVIDENCE_WRITE, events.other_evidence_to_be(session))
    found = learning.said_and_done(session, reader=reader, limit=A_PAGE, offset=page.offset)
    return render_template(
        "audits/said_index.html",
        chips_of_lists=lists("audits.said_index"),
        rows=[_line(one, may_write=may_write) for one in found],
        page=page,
        may_add=may_write,
    )


@bp.route("/you-said/new", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=events.other_evidence_to_be)
def said_new(_: AssuranceEvent) -> ResponseReturnValue:
    """Keep what people said."""
    form = SaidForm()
    themes = form.offer_themes(db_session(), none="No theme")
    if form.validate_on_submit():
        with saving(form) as session:
            confirmed, token = form.names_confirmed.data, form.form_token.data or None
            keep_said(session, form.answer(themes), names_confirmed=confirmed, form_token=token, by=current_person())
            return done("Kept: what people said", to="audits.said_index")
    form.give_token()
    return render_template(
        "audits/said_form.html", form=form, heading="Add what people said", stored="", button="Add it"
    ), form.status


@bp.route("/you-said/<public_id>", methods=["GET", "POST"])
@requires(Permission.OTHER_EVIDENCE_WRITE, about=learning.you_said)
def said_change(kept: YouSaid) -> ResponseReturnValue:
    """Put it right, or say what was done."""
    form, public_id = SaidForm(data=_as_data(kept)), kept.public_id
    themes = form.offer_themes(db_session(), none="No theme", kept=kept.theme)
    if form.validate_on_submit():
        with saving(form) as session:
            confirmed, version = form.names_confirmed.data, form.version.number
            said = form.answer(themes)
            change_said(session, kept, said, names_confirmed=confirmed, version=version, by=current_person())
            return done("Saved: what was said and done", to="audits.said_index")
    stored = learning.you_said(db_session(), public_id) or kept
    if form.is_stale:
        form.version.data = str(stored.version)
    shown = f"{stored.said} {stored.did}" if form.is_stale else ""
    return render_template(
        "audits/said_form.html", form=form, heading="Change what was said and done", stored=shown, button="Save it"
    ), form.status


def _line(one: YouSaid, *, may_write: bool) -> SaidLine:
    return SaidLine(
        voice=one.voice.words,
        said=one.said,
        when=day(one.said_on),
        theme=one.theme.name if one.theme else "",
        theme_url=url_for("themes.theme_show", code=one.theme.code) if one.theme else None,
        did=one.did,
        did_on=day(one.did_on),
        change_url=url_for("audits.said_change", public_id=one.public_id) if may_write else None,
    )


def _as_data(kept: YouSaid) -> dict[str, object]:
    return {
        "version": kept.version,
        "voice": kept.voice.value,
        "said": kept.said,
        "said_on": kept.said_on,
        "theme": str(kept.theme_id or ""),
        "did": kept.did,
        "did_on": kept.did_on,
    }
