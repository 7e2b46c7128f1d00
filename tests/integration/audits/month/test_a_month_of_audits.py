"""A month of 25 audits through its pages and people; every figure is worked out again from the raw rows."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.integration.audits.month import chapters
from tests.integration.audits.month.figures import FINAL, GRADES, Raw, figures_of, raw_rows
from tests.integration.audits.month.moves import Month, people_of
from tests.support.checked_client import CheckedClient

CHAPTERS = (
    chapters.the_sample_is_drawn_and_shared_out,
    chapters.a_file_changes_hands_and_one_need_not_be_done,
    chapters.every_file_is_audited,
    chapters.all_that_was_chosen_is_moderated,
    chapters.its_auditor_disputes_what_was_changed,
    chapters.what_must_be_put_right_is,
    chapters.the_case_is_audited_again,
    chapters.the_round_is_closed,
)


@pytest.fixture
def month(client: CheckedClient, session: Session, clock_at: Callable[[datetime], object]) -> Month:
    clock_at(datetime(2026, 11, 2, 9, tzinfo=UTC))
    return Month(session, client, clock_at, people_of(session))


def test_a_month_of_25_audits(month: Month, app: Flask) -> None:
    for chapter in CHAPTERS:
        chapter(month)
    raw = raw_rows(month.session)
    month.client.sign_in(month.people.marcus)
    activity_is_right(month, raw)
    grades_are_right(month, raw)
    moderation_is_right(month, raw)
    what_followed_is_right(month)
    votes_are_right(app, raw)


def activity_is_right(month: Month, raw: Raw) -> None:
    """All 24 of the round and the re-audit are final, one of 25 files is exempt: 25 of 25 are completed."""
    found = figures_of(month.client, "/audits/reports/activity.csv")
    final = Counter(one.team for one in raw.audits if one.state in FINAL)
    assert final.total() == 25
    for team in ("East Team", "North Team"):
        assert found["By team", team, "Final"] == str(final[team])
    assert (found["By team", "All", "Exempt"], found["By team", "All", "All"]) == ("1", "26")
    planned = [value for (table, _, figure), value in found.items() if table.startswith("Completed of") and figure]
    assert planned == ["25", "25", "100%"]
    # Sent from 5 to 9 November and looked at on the 16th, of which the first are six and seven working days.
    assert found["Time to moderation", "Sending to the outcome", "In time"] == str(len(raw.second) // 8)


def grades_are_right(month: Month, raw: Raw) -> None:
    """One stays inadequate, one was changed to requires improvement, which seven others were from the first."""
    found = figures_of(month.client, "/audits/reports/grades.csv")
    overall = raw.overall()
    assert overall == {"outstanding": 1, "good": 14, "requires_improvement": 8, "inadequate": 1}
    for grade in GRADES:
        words = grade.replace("_", " ").capitalize()
        assert found["Overall grade", "As it counts after moderation", words] == str(overall[grade]), grade
    before = Counter(one.grade for one in raw.in_round)
    assert (before["inadequate"], before["requires_improvement"]) == (2, 7)
    assert found["Overall grade before moderation", "As auditors graded it", "Inadequate"] == "2"
    # 15 of 24 are 62.5 per cent: whole per cent below fifty, halves up.
    assert found["Overall grade", "As it counts after moderation", "Good or better"] == "63%"
    assert found["Left out", "Re-audits", "Audits"] == "1"


def moderation_is_right(month: Month, raw: Raw) -> None:
    """The first three of each of five auditors are moderated at least, and the two inadequate ones anyhow."""
    everything = [one for (_, number), one in raw.second.items() if number == 9]
    overall = [raw.second[one.id, 9] for one in raw.in_round if (one.id, 9) in raw.second]
    assert len(everything) - len(overall) == 1  # the re-audit
    kept = sum((one.by_panel or one.agreed) == one.before for one in overall)
    assert len(overall) >= 15
    assert len(overall) - kept == 1
    found = figures_of(month.client, "/audits/reports/grades.csv")
    assert found["Changed in moderation", "Overall grades", "Kept"] == str(kept)
    assert found["Changed in moderation", "Overall grades", "Raised"] == "1"
    assert found["Changed in moderation", "Overall grades", "Moderated"] == str(len(overall))
    text = month.read(month.people.marcus, "/moderation/agreement")
    assert f"{raw.kappa():.2f} (n = {len(everything)})" in text


def what_followed_is_right(month: Month) -> None:
    """Two reviews were given on 5 November, five days each, and seen done on the 19th: ten working days, both late."""
    found = figures_of(month.client, "/audits/reports/remedial.csv")
    assert found["Remedial actions by class", "Urgent", "Checked and done"] == "2"
    assert found["Remedial actions by class", "All", "All"] == "2"
    assert found["Days from given to checked", "Urgent", "Half took, working days"] == "10"
    assert found["Days from given to checked", "Urgent", "In time"] == "0"
    found = figures_of(month.client, "/audits/reports/re-audits.csv")
    assert found["Grade before, and after", "Inadequate", "After: Outstanding"] == "1"
    assert found["Grade before, and after", "All", "All"] == "1"


def votes_are_right(app: Flask, raw: Raw) -> None:
    """Nine of 24 have a concern on risk, the round's exempt audit is due and not final, the re-audit stands apart."""
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    found = json.loads(app.test_cli_runner().invoke(args=["theme-counts", *days, "--json"]).stdout)
    for theme in ("risk", "voice", "assessment"):
        assert raw.concerns(theme) == 9
        assert found["themes"][theme] == {"due": 26, "asked": 24, "answered": 24, "concern": 9, "strength": 0}
    assert found["left_out"]["re_audit"] == 1
