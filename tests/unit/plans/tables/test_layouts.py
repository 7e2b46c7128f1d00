"""The layouts in which councils keep plans, as tables that an officer could read."""

from tests.support.plan_forms import excel_file
from tests.unit.plans.tables.reading import actions, doubts, leads, read, read_rows, steps


def test_what_who_how_when_status() -> None:
    found = read_rows(
        "What            | Who                       | How                     | When                | Status",
        "Count caseloads | Hannah Osei               | Sheet tried / Shared    | Jan 2027 / Mar 2027 | Green - tried",
        "Open a desk     | Hannah Osei / Marek Nowak | Desk open               | February 2027       | Amber",
    )
    first, second = actions(found).values()
    assert steps(first) == [("Sheet tried", "2027-01-31"), ("Shared", "2027-03-31")]
    assert (leads(second), str(second.declared)) == (["Hannah Osei", "Marek Nowak"], "A")


def test_two_columns_that_hold_the_same_are_told_and_a_person_says_which_is_meant() -> None:
    rows = (
        "Action          | How         | Milestone | When     | Who",
        "Count caseloads | Weekly talk | Shared    | Mar 2027 | Hannah Osei",
        "Action          | How         | Milestone | When     | Who",
        "Open a desk     | By advert   | Desk open | May 2027 | Ines Duarte",
    )
    found = read_rows(*rows)
    assert steps(actions(found)["0.1"]) == [("Weekly talk", "2027-03-31")]
    (told,) = doubts(found, "unread")
    assert told == (
        "Row 1: The columns “How” and “Milestone” hold the same. “How” was read, and “Milestone” kept as text. "
        "Suggested: say which of the two is meant"
    )
    chosen = read_rows(*rows, columns="How = kept as text")
    assert steps(actions(chosen)["0.1"]) == [("Shared", "2027-03-31")]
    assert doubts(chosen, "unread") == []


def test_an_action_without_a_column_for_milestones_is_its_own_milestone() -> None:
    found = read_rows("Ref | Action | Owner | By when", "1 | Train managers; and others | Ines Duarte | Mar 2027")
    assert steps(actions(found)["1"]) == [("Train managers; and others", "2027-03-31")]


def test_merged_cells_go_on_below() -> None:
    found = read_rows(
        "Area          | No  | Action          | Milestone   | Date     | Lead",
        "1. Workloads  | 1.1 | Count caseloads | Sheet tried | Jan 2027 | Hannah Osei",
        "              |     |                 | Shared      | Mar 2027 | Marek Nowak",
        "2. Early help | 2.1 | Open a desk     | Advert out  | May 2027 | Ines Duarte",
        "              |     |                 | Desk open   |          | Ines Duarte",
        merged=((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (3, 2, 4, 2), (3, 4, 4, 4)),
    )
    one, two = actions(found)["1.1"], actions(found)["2.1"]
    assert steps(one) == [("Sheet tried", "2027-01-31"), ("Shared", "2027-03-31")]
    assert [step.leads for step in one.milestones] == [("Hannah Osei",), ("Marek Nowak",)]
    assert steps(two) == [("Advert out", "2027-05-31"), ("Desk open", "2027-05-31")]
    assert doubts(found, "split_row") == []


def test_a_row_without_a_number_belongs_to_the_row_above() -> None:
    found = read_rows(
        "No  | Action          | Milestone   | Date     | Lead",
        "1.1 | Count caseloads | Sheet tried | Jan 2027 | Hannah Osei",
        "    |                 | Shared      | Mar 2027 |",
        "    | in every team   |             |          |",
        "1.2 | Open a desk     | Desk open   | May 2027 | Ines Duarte",
        "    | Close the other | Closed      | Jun 2027 | Ines Duarte",
    )
    assert list(actions(found)) == ["1.1", "1.2", "0.1"]
    one = actions(found)["1.1"]
    assert (one.title, steps(one)[1]) == ("Count caseloads in every team", ("Shared", "2027-03-31"))
    assert [words.partition(":")[0] for words in doubts(found, "split_row")] == ["Row 3", "Row 4"]


def test_a_repeated_number_with_the_same_words_is_the_same_action() -> None:
    found = read_rows(
        "No  | Action          | Milestone   | Date     | Lead",
        "1.1 | Count caseloads | Sheet tried | Jan 2027 | Hannah Osei",
        "1.1 | Count caseloads | Shared      | Mar 2027 | Hannah Osei",
        "1.1 | Another thing   | Begun       | Apr 2027 | Hannah Osei",
    )
    assert list(actions(found)) == ["1.1", "1.1b"]
    assert len(actions(found)["1.1"].milestones) == 2
    assert doubts(found, "unresolved_reference") == [
        "Row 4: The number 1.1 is printed twice. The action is kept as 1.1b"
    ]


def test_a_whole_number_heads_those_below_it_unless_it_is_an_action_itself() -> None:
    found = read_rows(
        "No  | Action      | Date     | Lead",
        "1   | Workloads   |          |",
        "1.1 | Count       | Mar 2027 | Hannah Osei",
        "2   | Supervision | May 2027 | Ines Duarte",
        "2.1 | Write it    | Jun 2027 | Ines Duarte",
    )
    assert [(area.number, area.title) for area in found.areas] == [(1, "Workloads")]
    assert list(actions(found)) == ["1.1", "2", "2.1"]
    assert doubts(found, "unresolved_reference") == [
        "Row 4: The number 2 stands for this action and begins 2.1. Both were kept"
    ]


def test_areas_stand_in_rows_of_their_own_in_sheets_or_in_a_column() -> None:
    head, row = "Action|When|Who", "Count caseloads|Mar 2027|Hannah Osei"
    in_rows = read_rows(head, "Priority 1 - Workloads", row, "Priority 2 - Early help", row)
    in_column = read_rows(f"Theme|{head}", f"Workloads|{row}", f"Early help|{row}", f"|{row}")
    table = [head.split("|"), row.split("|")]
    in_sheets = read(excel_file({"Workloads": table, "Early help": table}))
    for found in (in_rows, in_column, in_sheets):
        assert [(area.number, area.title) for area in found.areas] == [(1, "Workloads"), (2, "Early help")]


def test_objectives_outcomes_and_measures_stand_in_columns_each_but_once() -> None:
    found = read_rows(
        "Area      | Objective   | Outcome       | How we will know    | Action  | When     | Lead",
        "Workloads | Fewer cases | Workers stay  | Share of posts full | Count   | Mar 2027 | Hannah Osei",
        "Workloads | Fewer cases | Homes are calm| Share of posts full | Recruit | May 2027 | Hannah Osei",
    )
    (area,) = found.areas
    assert (area.objectives, area.measures) == (("Fewer cases",), ("Share of posts full",))
    assert [outcome.text for outcome in area.outcomes] == ["Workers stay", "Homes are calm"]


def test_a_person_says_what_the_columns_hold() -> None:
    rows = ("Ziel | Bis | Durch | Notes", "Count caseloads | Mar 2027 | Hannah Osei | all teams")
    for said in (
        "Ziel = action, Bis = target\nDurch = leads",
        '{"columns": {"Ziel": "action", "Bis": "date", "Durch": "lead"}}',
    ):
        (action,) = actions(read_rows(*rows, columns=said)).values()
        assert (action.title, leads(action), action.cells["notes"]) == ("Count caseloads", ["Hannah Osei"], "all teams")


def test_texts_that_are_no_dates_are_kept_with_a_suggestion() -> None:
    found = read_rows(
        "No | Action | Milestone | Date                            | Lead",
        "1  | Move   | Moved     | stage 1 done, stage 2 Mar 2027  | Hannah Osei",
        "2  | Talk   | Talked    | ongoing                         | Hannah Osei",
        "3  | Slip   | Slipped   | was March 2027, now June 2027   | Hannah Osei",
        "4  | Late   | Later     | by the end of May 2027 if we can | Hannah Osei",
    )
    assert [due for action in actions(found).values() for _, due in steps(action)] == ["", "", "", ""]
    first, second, third, fourth = doubts(found, "undated")
    assert first.endswith("Suggested: “stage 1” done; “stage 2” due by 31 March 2027")
    assert "say how often it is reported on" in second
    assert "first due by 31 March 2027, now due by 30 June 2027" in third
    assert fourth.endswith("Suggested: due by 31 May 2027")


def test_targets_and_values_inside_a_text_are_kept_there_with_a_suggestion() -> None:
    found = read_rows(
        "Measured by                                    | Action | Milestone              | Date     | Lead",
        "At least 85% of visits on time (currently 72%) | Visit  | Visits from 72% to 80% | Mar 2027 | Ines Duarte",
    )
    assert found.areas[0].measures == ("At least 85% of visits on time (currently 72%)",)
    assert [words.rpartition("Suggested: ")[2] for words in doubts(found, "unread")] == [
        "target 85%, value 72%",
        "target 80%, value 72%",
    ]


def test_a_revised_date_beside_the_first_one_is_kept_as_text() -> None:
    found = read_rows("No | Action | Target date | Revised date | Lead", "1 | Move | Mar 2027 | Jun 2027 | Hannah Osei")
    assert steps(actions(found)["1"]) == [("Move", "2027-03-31")]
    assert "A revised date, “Jun 2027”, stands beside the first one" in doubts(found, "more_dates")[0]


def test_no_row_is_lost() -> None:
    found = read_rows(
        "Improvement plan of the borough",
        "No | Action | Date | Lead | Notes",
        " |  |  |  | a note above all actions",
        "1 | Move | Mar 2027 | Hannah Osei | note",
        "Approved by the board, and every word of this stays",
    )
    taken = {line for action in actions(found).values() for line in action.source_lines}
    taken |= {line for area in found.areas for line in area.source_lines} | {one.line for one in found.unread}
    assert taken == {1, 2, 3, 4, 5}
