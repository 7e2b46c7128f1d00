"""Every page that a person can open, who opens it here, and where it stands in the demonstration; it judges nothing."""

from dataclasses import dataclass

NOBODY = ""


@dataclass(frozen=True)
class Place:
    """One page: its endpoint, who opens it, and its address with the names of records in braces."""

    endpoint: str
    who: str
    address: str

    def __str__(self) -> str:
        return f"{self.who or 'nobody'}-{self.address}"


PLACES = (
    Place("people.sign_in", NOBODY, "/sign-in"),
    Place("people.session_ended", NOBODY, "/session-ended"),
    Place("home.help_index", NOBODY, "/help"),
    Place("home.help_colours", NOBODY, "/help/colours"),
    Place("home.help_dates", NOBODY, "/help/dates"),
    Place("home.help_keys", NOBODY, "/help/keys"),
    Place("home.help_verdicts", NOBODY, "/help/verdicts"),
    Place("home.accessibility", NOBODY, "/accessibility"),
    Place("home.privacy", NOBODY, "/privacy"),
    Place("home.nothing_here", "viewer", "/nothing-here"),
    Place("home.search", "office", "/search?q=supervision"),
    Place("home.search", "lead", "/search?q=nothing+like+it"),
    Place("people.my_settings", "lead", "/my/settings"),
    Place("plans.my_actions", "lead", "/my/actions"),
    Place("plans.my_actions", "lead", "/my/actions?show=all"),
    Place("plans.my_actions", "lead", "/my/actions?show=completed"),
    Place("plans.plan_index", "office", "/plans"),
    Place("plans.plan_new", "office", "/plans/new"),
    Place("plans.plan_show", "office", "/plans/{plan}"),
    Place("plans.plan_show", "viewer", "/plans/{plan}?since=start"),
    Place("plans.plan_changes", "assurance", "/plans/{plan}/changes"),
    Place("plans.action_index", "office", "/plans/{plan}/actions"),
    Place("plans.action_index", "assurance", "/plans/{plan}/actions?rag=R&sort=due"),
    Place("plans.plan_print", "office", "/plans/{plan}/print"),
    Place("plans.plan_checks", "office", "/plans/{plan}/checks"),
    Place("plans.area_show", "office", "/plans/{plan}/areas/2"),
    Place("plans.area_show", "viewer", "/plans/{plan}/areas/9"),
    Place("plans.area_item_add", "office", "/plans/{plan}/areas/2/items/new"),
    Place("plans.area_priority", "office", "/plans/{plan}/areas/2/priority"),
    Place("plans.action_show", "lead", "/plans/{plan}/1.3"),
    Place("plans.action_show", "viewer", "/plans/{plan}/1.3"),
    Place("plans.action_show", "office", "/plans/{plan}/4.2"),
    Place("plans.action_update", "lead", "/plans/{plan}/1.3/update"),
    Place("plans.action_update", "lead", "/plans/{plan}/13.2/update?skipped=0&saved=0"),
    Place("plans.action_update", "office", "/plans/{plan}/17.3/update?rag=amber"),
    Place("plans.action_decide", "office", "/plans/{plan}/1.3/decide/hold"),
    Place("plans.action_decide", "office", "/plans/{plan}/2.2/decide/reopen"),
    Place("plans.date_decide", "office", "/plans/{plan}/{dated}/dates/{date_change}"),
    Place("plans.turn_excuse", "office", "/plans/{plan}/{turning}/milestones/{milestone}/turns/{due}"),
    Place("plans.reference_decide", "office", "/plans/{plan}/{referring}/references/{reference}"),
    Place("plans.update_show", "office", "/plans/{plan}/{updated}/updates/{update}"),
    Place("plans.update_withdraw", "office", "/plans/{plan}/{updated}/updates/{update}/withdraw"),
    Place("themes.action_link", "office", "/plans/{plan}/1.1/link"),
    Place("themes.theme_index", "assurance", "/themes"),
    Place("themes.theme_index", "office", "/themes?sort=unlinked&group=practice"),
    Place("themes.theme_show", "assurance", "/themes/supervision"),
    Place("themes.theme_show", "moderator", "/themes/voice?months=24"),
    Place("themes.theme_words", "moderator", "/themes/supervision/words"),
    Place("themes.theme_link", "office", "/themes/voice/link"),
    Place("themes.theme_unlink", "office", "/theme-links/{theme_link}/end"),
    Place("themes.theme_list", "moderator", "/settings/themes"),
    Place("themes.theme_change", "moderator", "/settings/themes/voice"),
    Place("themes.unlinked_index", "office", "/unlinked"),
    Place("audits.my_audits", "auditor", "/my/audits"),
    Place("audits.audit_show", "moderator", "/audits/{sent}"),
    Place("audits.audit_section", "auditor", "/audits/{draft}/section/1"),
    Place("audits.audit_section", "auditor", "/audits/{draft}/section/3"),
    Place("audits.audit_section", "auditor", "/audits/{draft}/section/9"),
    Place("audits.audit_check", "auditor", "/audits/{draft}/check"),
    Place("audits.concern_raise", "auditor", "/audits/{draft}/concern"),
    Place("audits.audit_void", "moderator", "/audits/{draft}/void"),
    Place("audits.round_index", "moderator", "/audits"),
    Place("audits.round_show", "moderator", "/audits/rounds/{round}"),
    Place("audits.round_new", "moderator", "/audits/rounds/new"),
    Place("audits.concern_index", "moderator", "/concerns"),
    Place("audits.concern_show", "moderator", "/concerns/{concern}"),
    Place("settings.settings_index", "admin", "/settings"),
    Place("settings.person_index", "admin", "/settings/people"),
    Place("settings.person_show", "admin", "/settings/people/{person}"),
    Place("settings.person_change", "admin", "/settings/people/{person}/change"),
    Place("settings.person_add", "admin", "/settings/people/new"),
    Place("settings.unit_index", "admin", "/settings/units"),
    Place("settings.body_index", "office", "/settings/bodies"),
    Place("settings.body_show", "office", "/settings/bodies/{body}"),
    Place("settings.party_index", "office", "/settings/leads"),
    Place("settings.party_show", "office", "/settings/leads/{party}"),
    Place("settings.organisation_change", "admin", "/settings/organisation"),
)

NO_PAGES = {
    "static": "sends the files of the pages",
    "home.home": "leads on to the first page of a role",
    "home.healthz": "answers a monitor in one word",
    "plans.my_actions_run": "leads on to the next of one's actions that is due",
    "plans.date_read": "answers a script in JSON",
    "plans.action_index_csv": "is a file",
    "plans.plan_changes_csv": "is a file",
    "themes.theme_numbers": "is a file",
}
