"""The first page of the settings: what this person may set."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.queries.first_run import first_run_checklist
from tracker.web.access import allowed, requires
from tracker.web.settings.blueprint import bp


@dataclass(frozen=True)
class Entry:
    """One link of the page, with a sentence on what is set there."""

    title: str
    url: str
    text: str


_ENTRIES = (
    (Permission.PERSON_MANAGE, "People and roles", "settings.person_index", "Who may sign in, and what they may do."),
    (
        Permission.PARTY_MANAGE,
        "Leads named in plans",
        "settings.party_index",
        "Which people may update for each lead that a plan names.",
    ),
    (
        Permission.PARTY_MANAGE,
        "Away and covered",
        "settings.absence_index",
        "Who writes whose updates while somebody is away.",
    ),
    (
        Permission.BODY_MANAGE,
        "Bodies and meetings",
        "settings.body_index",
        "The boards that test the plan, and the days on which they meet.",
    ),
    (Permission.UNIT_MANAGE, "Units", "settings.unit_index", "Services, localities, teams and partners."),
    (
        Permission.ORGANISATION_MANAGE,
        "Organisation",
        "settings.organisation_change",
        "Its name and colour, when updates open, and whom to reach when a child may be at risk.",
    ),
    (
        Permission.RETENTION_ASK,
        "Retention",
        "settings.retention_change",
        "How long the words of audits are kept, and asking that old ones go.",
    ),
)


@bp.get("")
@requires(Permission.BODY_MANAGE)
def settings_index() -> ResponseReturnValue:
    """List the settings that this person may change."""
    entries = [Entry(title, url_for(to), text) for permission, title, to, text in _ENTRIES if allowed(permission)]
    steps = first_run_checklist(db_session()) if allowed(Permission.ORGANISATION_MANAGE) else ()
    to_do = sum(not step.is_done for step in steps)
    return render_template("settings/settings_index.html", entries=entries, to_do=to_do)
