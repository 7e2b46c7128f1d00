"""The demonstration from its beginning: what is made on the day of the plan's approval, and all that followed."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from tracker.audits.commands import add_default_themes, add_default_tools, add_further_tools
from tracker.cli.demonstration.audits import audit_rounds
from tracker.cli.demonstration.concerns import concerns
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.drafts import drafts
from tracker.cli.demonstration.kinds_of_audit import kinds_of_audit
from tracker.cli.demonstration.later_version import later_version
from tracker.cli.demonstration.mails import mails
from tracker.cli.demonstration.moderations import moderations
from tracker.cli.demonstration.offsets import Offsets
from tracker.cli.demonstration.other_evidence import other_evidence
from tracker.cli.demonstration.past_audits import past_audits
from tracker.cli.demonstration.people import held_meetings, make_organisation, make_people
from tracker.cli.demonstration.plan import bring_plan, inspection_visits
from tracker.cli.demonstration.privacy import privacy
from tracker.cli.demonstration.programme import audit_programme, audit_samples
from tracker.cli.demonstration.progress import progress
from tracker.cli.demonstration.re_audits import re_audits
from tracker.cli.demonstration.remedials import remedial_steps
from tracker.cli.demonstration.responses import responses
from tracker.cli.demonstration.staff import staff
from tracker.cli.demonstration.tables import about_plan
from tracker.cli.demonstration.themes import theme_links
from tracker.cli.demonstration.tools import tools
from tracker.cli.demonstration.versions import plan_versions
from tracker.core import clock
from tracker.core.changelog import acting

_MORNING = time(9, tzinfo=clock.LONDON)


def begin(session: Session, *, now: datetime, password: str) -> list[Entry]:
    """Make the council and bring its plan in on the day of approval; return what happened after, to be told.

    Nothing is committed. Raises `Problem` when a command refuses, as for a password that is too weak.
    """
    offsets = Offsets(now.astimezone(clock.LONDON).date())
    with clock.at(datetime.combine(offsets.day(about_plan()["approved"]), _MORNING)):
        with acting("command:demo"):
            add_default_themes(session)
            add_default_tools(session)
            add_further_tools(session)
            council = Council(session, offsets, make_organisation(session))
            make_people(council, password)
        with acting(f"person:{council.office.id}"):
            bring_plan(council)
    return [
        *held_meetings(council),
        *staff(council),
        *inspection_visits(council),
        *plan_versions(council),
        *progress(council),
        *theme_links(council),
        *audit_programme(council),
        *audit_rounds(council),
        *responses(council),
        *audit_samples(council),
        *concerns(council),
        *tools(council),
        *moderations(council),
        *remedial_steps(council),
        *re_audits(council),
        *kinds_of_audit(council),
        *other_evidence(council),
        *past_audits(council),
        *privacy(council),
        *drafts(council),
        *later_version(council),
        *mails(council),
    ]
