"""A whole plan of an invented council, with the oddities of real ones, read and compared cell by cell."""

import pytest

from tests.unit.plans.reading.plans import APPROVED, RIVERTON, codes_of
from tracker.plans.rules.reading import ActionReading, OutcomeReading, read_plan
from tracker.plans.rules.vocabulary import ActionKind

READING = read_plan(RIVERTON, approved_on=APPROVED)
ACTIONS = {action.ref: action for area in READING.areas for action in area.actions}

EXPECTED = {
    # action: its lines, its leads with their kinds, each milestone with its due day or the kind of its date
    "1.1": """27 | Hannah Osei (person)
        | Counting sheet tried in two teams: undated
        | First full count shared with heads of service: undated""",
    "1.2": """29 | Children’s Social Care Senior Leadership Team (team)
        | Ceiling set: 2015-01-31""",
    "1.3": """30 | Hannah Osei (person), Marek Nowak (person)
        | Desk open: 2015-02-28""",
    "1.4": """31 | Hannah Osei (person)
        | Advert out: 2015-03-31 | Panel held: undated | Posts filled: undated""",
    "2.1": """46 | Ines Duarte (person)
        | Draft standard written: 2015-02-28 | Standard agreed by managers: 2015-03-31""",
    "2.2": """47 | Team Manager, Recording (post)
        | Form shortened: 2015-03-15""",
    "2.3": """48 | Ines Duarte (person), Marek Nowak (person)
        | Course chosen: 2015-05-31 | First course held: 2015-05-31""",
    "2.4": "49 | nobody",
    "4.1": """58, 61 | Quality Programme Manager (post)
        | Rota agreed: 2015-01-31 | Partners told: 2015-01-31
        | Front door opens to all referrals on weekdays: 2015-01-31""",
    "4.2": """62 | Partner agencies (partner)
        | Rota agreed: waiting | Script agreed: waiting | Calls listened to: waiting""",
    "4.3": """63 | RBC Quality Programme Manager (post)
        | Waiting times reported: 2015-06-30""",
    "4.4": """64 | Hannah Osei (person), Marek Nowak (person)
        | Raise with parents’ forum: 2014-12-31""",
    "4.5": """65 | Chair of RSCB (post), Ines Duarte (person)
        | Leaflet printed: 2015-04-30 | Leaflet sent to every family: 2015-05-31""",
    "4.6": "66 | nobody | Answers used: undated",
    "4.7": "67 | nobody | Evening rota reviewed; Evening rota kept; Evening rota paid: undated",
}

WARNINGS = [
    *(("unread", None, line) for line in (1, 3, 5, 7)),
    ("undated", "1.1", 27),
    ("several_leads", "1.3", 30),
    ("undated", "1.4", 31),
    ("unresolved_reference", "1.4", 31),
    ("one_date_for_several", "2.3", 48),
    ("several_leads", "2.3", 48),
    ("placeholder", "2.4", 49),
    ("undated", "2.4", 49),
    ("no_lead", "2.4", 49),
    ("one_date_for_several", "4.1", 58),
    ("split_row", "4.1", 61),
    ("waiting", "4.2", 62),
    ("recurring", "4.3", 63),
    ("lead_alias", "4.3", 63),
    ("past_date", "4.4", 64),
    ("several_leads", "4.4", 64),
    ("split_guess", "4.5", 65),
    ("split_guess", "4.5", 65),
    ("several_leads", "4.5", 65),
    ("more_dates", "4.6", 66),
    ("no_lead", "4.6", 66),
    ("unresolved_reference", "4.6", 66),
    ("unresolved_reference", "4.6", 66),
    ("more_dates", "4.7", 67),
    ("no_lead", "4.7", 67),
    ("unread", None, 69),
]


def _in_words(action: ActionReading) -> list[str]:
    leads = ", ".join(f"{lead.name} ({lead.kind.value})" for lead in action.leads)
    steps = [f"{step.title}: {step.date.due or step.date.kind.value}" for step in action.milestones]
    return [", ".join(map(str, action.source_lines)), leads or "nobody", *steps]


@pytest.mark.parametrize("ref", EXPECTED)
def test_an_action_has_its_lines_leads_and_dated_milestones(ref: str) -> None:
    assert _in_words(ACTIONS[ref]) == [part.strip() for part in EXPECTED[ref].split("|")]


def test_no_action_is_made_up() -> None:
    assert list(ACTIONS) == list(EXPECTED)


def test_areas_keep_label_title_and_line() -> None:
    assert [(area.number, area.label, area.title, area.line) for area in READING.areas] == [
        (1, "I", "Give every worker a caseload they can manage", 7),
        (2, "2", "Make supervision regular & useful", 33),
        (4, "IV", "Answer families sooner", 51),
    ]


def test_sections_hold_bullets_paragraphs_and_nested_bullets() -> None:
    first, second, third = READING.areas
    assert first.objectives == (
        "Know how many children each worker holds, week by week",
        "Move work before it piles up",
        "Keep experienced people",
    )
    assert first.outcomes == (
        OutcomeReading("Children keep one worker for longer"),
        OutcomeReading("Homes are calmer because of:", ("fewer changes of plan", "quicker answers")),
        OutcomeReading("Workers stay."),
    )
    assert second.objectives == ("Every worker is supervised each month and it shows on the child’s file.",)
    assert second.measures == ("Files with a supervision note in the last month",)
    assert (third.outcomes, third.measures) == ((), ())


def test_every_doubt_is_a_warning_with_its_action_and_line() -> None:
    assert codes_of(READING) == WARNINGS


def test_what_was_not_read_is_listed_with_its_line() -> None:
    assert [(unread.line, unread.text) for unread in READING.unread] == [
        (1, "Riverton Borough Council"),
        (3, "Getting better for children: our plan after inspection"),
        (5, "Cabinet reads a report on this plan four times a year."),
        (7, "RIVERTON PLAN AFTER INSPECTION"),
        (69, "Signed off by the improvement team"),
    ]


def test_titles_lose_tags_and_cells_keep_them() -> None:
    action = ACTIONS["1.1"]
    assert action.title == "Count caseloads in every team: - duty desk; and - fostering"
    assert action.cells["action"].startswith('Count caseloads in every team: <ul style="list-style-type: none">')
    assert ACTIONS["1.4"].target_text == "March 2015 tbc TBC"


def test_kinds_of_action() -> None:
    kinds = {ref: action.kind for ref, action in ACTIONS.items() if action.kind is not ActionKind.STANDARD}
    assert kinds == {"2.4": ActionKind.PLACEHOLDER, "4.7": ActionKind.CONTINUING}


def test_leads_run_together_go_to_their_own_milestones() -> None:
    assert [step.leads for step in ACTIONS["4.5"].milestones] == [("Chair of RSCB",), ("Ines Duarte",)]


def test_waiting_and_recurring_dates_keep_their_facts() -> None:
    assert {step.date.waits_on for step in ACTIONS["4.2"].milestones} == {"Early Help Partnership Board"}
    (report,) = ACTIONS["4.3"].milestones
    assert (report.date.every_months, report.date.text) == (3, "First report June 2015 and then quarterly")


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(line_end: str) -> None:
    assert read_plan("\ufeff" + RIVERTON.replace("\n", line_end), approved_on=APPROVED) == READING
