"""What may be done, as noun and verb, each with its sentence; who may is in the table."""

from enum import StrEnum


class Permission(StrEnum):
    """What may be done, as noun:verb; each has its sentence in `SENTENCES`."""

    PLAN_READ = "plan:read"
    PLAN_IMPORT = "plan:import"
    PLAN_EDIT = "plan:edit"
    PLAN_EXPORT = "plan:export"
    LEAD_NAMES = "lead:name"
    LEAD_CHASE = "lead:chase"
    ACTION_UPDATE = "action:update"
    ACTION_ON_BEHALF = "action:behalf"
    ACTION_MINE = "action:mine"
    ACTION_CONFIRM = "action:confirm"
    ACTION_EMBED = "action:embed"
    DATE_APPROVE = "date:approve"
    OVERRIDE_ASK = "override:ask"
    OVERRIDE_DECIDE = "override:decide"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_VERIFY = "evidence:verify"
    AUDIT_MINE = "audit:mine"
    AUDIT_READ = "audit:read"
    AUDIT_WRITE = "audit:write"
    AUDIT_EXTEND = "audit:extend"
    AUDIT_RESPOND = "audit:respond"
    ROUND_MANAGE = "round:manage"
    TOOL_MANAGE = "tool:manage"
    EXEMPTION_DECIDE = "exemption:decide"
    CONCERN_RAISE = "concern:raise"
    CONCERN_READ = "concern:read"
    CONCERN_ACKNOWLEDGE = "concern:acknowledge"
    CONCERN_CLOSE = "concern:close"
    REMEDIAL_ADD = "remedial:add"
    REMEDIAL_READ = "remedial:read"
    REMEDIAL_DO = "remedial:do"
    REMEDIAL_CHECK = "remedial:check"
    FINDING_READ = "finding:read"
    MODERATION_READ = "moderation:read"
    MODERATION_WRITE = "moderation:write"
    MODERATION_DISPUTE = "moderation:dispute"
    MODERATION_PANEL = "moderation:panel"
    MODERATION_COMPARE = "moderation:compare"
    AUDIT_REPORT_READ = "audit_report:read"
    AUDIT_REPORT_WHOLE = "audit_report:whole"
    AUDIT_REPORT_EXPORT = "audit_report:export"
    READLOG_READ = "readlog:read"
    RETENTION_ASK = "retention:ask"
    RETENTION_APPROVE = "retention:approve"
    HOLD_MANAGE = "hold:manage"
    THEME_READ = "theme:read"
    THEME_EDIT = "theme:edit"
    THEME_LINK = "theme:link"
    THEME_EXPORT = "theme:export"
    ALERT_MANAGE = "alert:manage"
    OTHER_EVIDENCE_READ = "other_evidence:read"
    OTHER_EVIDENCE_WRITE = "other_evidence:write"
    OTHER_EVIDENCE_EXPORT = "other_evidence:export"
    QUICK_WIN_DO = "quick_win:do"
    QUICK_WIN_LINK = "quick_win:link"
    PERSON_MANAGE = "person:manage"
    UNIT_MANAGE = "unit:manage"
    BODY_MANAGE = "body:manage"
    PARTY_MANAGE = "party:manage"
    ORGANISATION_MANAGE = "organisation:manage"


SENTENCES: dict[Permission, str] = {
    Permission.PLAN_READ: "Read plans, their delivery RAG and its reasons",
    Permission.PLAN_IMPORT: "Bring a published plan in, and take it back",
    Permission.PLAN_EDIT: "Edit and approve a plan, settle doubts of an import, confirm links, record inspection items",
    Permission.PLAN_EXPORT: "Download actions as a file",
    Permission.LEAD_NAMES: "See the names of delivery leads, not only their posts",
    Permission.LEAD_CHASE: "See what is owed by leads and waits for the office, and ask for it by e-mail",
    Permission.ACTION_UPDATE: "Write an update, a forecast and evidence of an action",
    Permission.ACTION_ON_BEHALF: "Write an update on behalf of who leads an action that is not one's own",
    Permission.ACTION_MINE: "See the list of one's own actions",
    Permission.ACTION_CONFIRM: "Confirm, send back, hold, supersede or withdraw an action that is not one's own",
    Permission.ACTION_EMBED: "Sign an action off as embedded that is not one's own",
    Permission.DATE_APPROVE: "Approve a date of an action that is not one's own",
    Permission.OVERRIDE_ASK: "Ask that an action be rated better than its dates say",
    Permission.OVERRIDE_DECIDE: "Decide that an action not one's own be rated better, which one did not ask for",
    Permission.EVIDENCE_READ: "Open the files and links that show what was done",
    Permission.EVIDENCE_VERIFY: "Verify evidence that one did not add, of an action that is not one's own",
    Permission.AUDIT_MINE: "See the list of one's own audits",
    Permission.AUDIT_READ: "Read a case-level audit",
    Permission.AUDIT_WRITE: "Write an audit",
    Permission.TOOL_MANAGE: "Make audit tools, put them in use and take them out",
    Permission.ROUND_MANAGE: "Plan the audit programme, make rounds, draw samples and allocate case files",
    Permission.EXEMPTION_DECIDE: "Decide that an audit need not be done, which one did not ask for",
    Permission.AUDIT_EXTEND: "Decide on more time for an audit, which one did not ask for oneself",
    Permission.AUDIT_RESPOND: "Read an audit of one's own work once it is sent, and answer it",
    Permission.CONCERN_RAISE: "Say that a child may be at risk now",
    Permission.CONCERN_READ: "Read that a child may be at risk now, and who was told",
    Permission.CONCERN_ACKNOWLEDGE: "Acknowledge that a child may be at risk now, which one did not raise oneself",
    Permission.CONCERN_CLOSE: "Close a concern that was acted on, as head of service",
    Permission.REMEDIAL_ADD: "Say what must be put right for the child of an audit, by whom and by when",
    Permission.REMEDIAL_READ: "Read what must be put right for a child",
    Permission.REMEDIAL_DO: "Take in hand what one was given to put right, and say that it is done",
    Permission.REMEDIAL_CHECK: "Check, send back and close what somebody else was given to put right",
    Permission.FINDING_READ: "Read the words of findings",
    Permission.MODERATION_READ: "See which audits wait for moderation, and how far grades were kept",
    Permission.MODERATION_WRITE: "Moderate an audit that is not one's own",
    Permission.MODERATION_DISPUTE: "Read what came of a moderation, and dispute it",
    Permission.MODERATION_PANEL: "Call the panel of a dispute that one has no part in, and record its decision",
    Permission.MODERATION_COMPARE: "See by auditor how far grades were kept",
    Permission.AUDIT_REPORT_READ: "Read the reports of audits, without small numbers",
    Permission.AUDIT_REPORT_WHOLE: "Read the reports of audits whole, narrow them, and read the report of a round",
    Permission.AUDIT_REPORT_EXPORT: "Download the reports of audits as files, as one reads them",
    Permission.READLOG_READ: "See who opened, took away or was refused what of audits",
    Permission.RETENTION_ASK: "Set how long the words of audits are kept, and ask that old ones go",
    Permission.RETENTION_APPROVE: "See which words of audits would go, and approve it, not having asked for it",
    Permission.HOLD_MANAGE: "Hold what retention would take, and let it go again",
    Permission.THEME_READ: "Read themes and their counts",
    Permission.THEME_EDIT: "Change the list of themes",
    Permission.THEME_LINK: "Link a theme to an action",
    Permission.THEME_EXPORT: "Download the counts of a theme as a file",
    Permission.ALERT_MANAGE: "Record, read and answer practice alerts",
    Permission.OTHER_EVIDENCE_READ: "Read feedback, events, learning messages and what was done",
    Permission.OTHER_EVIDENCE_WRITE: "Record feedback, events, learning messages and what was done",
    Permission.OTHER_EVIDENCE_EXPORT: "Download feedback, events and learning messages as a file",
    Permission.QUICK_WIN_DO: "Say that a quick win is done",
    Permission.QUICK_WIN_LINK: "Make a quick win part of an action of a plan",
    Permission.PERSON_MANAGE: "Manage people and roles",
    Permission.UNIT_MANAGE: "Manage units",
    Permission.BODY_MANAGE: "Manage bodies and the calendar of their meetings",
    Permission.PARTY_MANAGE: "Say which people may update for a lead named in the plan",
    Permission.ORGANISATION_MANAGE: "Change the organisation's name and its urgent contact",
}
