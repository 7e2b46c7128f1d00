"""Page: how somebody wants to be told by mail; every mail links to it."""

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField

from tracker.core.text import joined
from tracker.extensions import db_session
from tracker.notices.commands.settings import set_notices
from tracker.notices.queries.outbox import setting_of
from tracker.notices.rules.vocabulary import Frequency
from tracker.web.access import current_person, signed_in
from tracker.web.forms import Form, VersionField, choice, one_of
from tracker.web.people.blueprint import bp
from tracker.web.saving import done, saving


class NoticeForm(Form):
    """How often, and with how many words."""

    frequency = RadioField(
        "How often do you want mail?",
        [one_of(*Frequency, message="Choose how often you want mail")],
        choices=[choice(one.value, one.words) for one in Frequency],
        validate_choice=False,
    )
    is_bare = BooleanField("Only numbers and links, without words of the plan")
    version = VersionField()


@bp.route("/my/settings/mail", methods=["GET", "POST"])
@signed_in("everybody may choose how often they get mail")
def notice_settings() -> ResponseReturnValue:
    """Show and keep how often one gets mail."""
    person = current_person()
    setting = setting_of(db_session(), person)
    stored = {
        "frequency": setting.frequency.value if setting is not None else Frequency.DAILY.value,
        "is_bare": setting.is_bare if setting is not None else False,
        "version": setting.version if setting is not None else 0,
    }
    form = NoticeForm(data=stored)
    if form.validate_on_submit():
        with saving(form) as session:
            set_notices(
                session,
                person,
                frequency=Frequency(form.frequency.data),
                is_bare=form.is_bare.data,
                version=form.version.number,
            )
            return done("Mail settings saved", to="people.notice_settings")
    urgent = joined(["the last day for an update", "work sent back to you", "a concern that nobody has acknowledged"])
    return render_template("people/notice_settings.html", form=form, urgent=urgent), form.status
