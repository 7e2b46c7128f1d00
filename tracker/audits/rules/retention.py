"""Which words of an audit go when its time is over, which stay and why, and until when they are kept (domain A13)."""

from datetime import date

# By table: what somebody wrote about a child, a family or a worker in their own words, or by which a case is known.
ERASED: dict[str, tuple[str, ...]] = {
    "agency_agreement": ("agreed_by", "words"),
    "agency_part": ("given_by", "not_given_why"),
    "agency_point": ("words",),
    "answer": ("note",),
    "audit": ("family_note", "feedback", "grade_reason", "void_reason", "worker_role"),
    "audit_exemption": ("decided_note", "reason"),
    "audit_section": ("strengths", "worker_words"),
    "auditor_swap": ("reason",),
    "case_reference": ("code", "sibling_group"),
    "dispute": ("decision", "reason"),
    "finding": ("text",),
    "immediate_concern": ("acknowledgement", "acted", "outcome", "told_to", "what"),
    "imported_audit": ("ref",),
    "moderation": ("notes", "reason", "team_reason"),
    "more_time": ("note", "why"),
    "re_audit": ("why",),
    "remedial_action": ("text",),
    "remedial_step": ("note",),
    "response_section": ("words",),
    "sample_file": ("left_out_reason",),
}
# What stays though it is text, and why.
KEPT: dict[tuple[str, str], str] = {
    ("audit", "public_id"): "a random address that says nothing",
    ("audit_sending", "seed"): "by which it was drawn for moderation or not",
    ("immediate_concern", "public_id"): "a random address that says nothing",
    ("imported_audit", "round_name"): "the name of a round, by which a file is known that comes twice",
    ("legal_hold", "lifted_why"): "why somebody let words go is kept as long as the record that they went",
    ("legal_hold", "public_id"): "a random address that says nothing",
    ("legal_hold", "why"): "it is written of a matter of law, without names, and says why words were kept",
    ("remedial_action", "public_id"): "a random address that says nothing",
    ("sample_file", "stratum"): "a category and the number of a team",
}
# Of these the case, not one audit of it, decides: they stay as long as any audit of the case has its words.
OF_THE_CASE = frozenset({"case_reference", "sample_file"})


def day_before(as_at: date, years: int) -> date:
    """Return the last day on which an audit must have become final for its words to go on `as_at`.

    Words of an audit that became final on 29 February go on 1 March where the later year has no such day.
    """
    try:
        return as_at.replace(year=as_at.year - years)
    except ValueError:
        return date(as_at.year - years, 2, 28)


def reason_words(years: int) -> str:
    """Return why the words are gone, as it then stands in their place and in the list of erasures."""
    return f"kept for {years} {'year' if years == 1 else 'years'}"
