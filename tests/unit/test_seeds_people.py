"""The demonstration's tables of what happened to people agree with those of the people, the leads and the plan."""

from tests.support.seeds import DEMONSTRATION, column, days, members, refs, table


def test_what_happens_to_people_names_people_who_exist_and_days_that_can_be() -> None:
    people, leads = column("people", "email"), {lead["text"]: lead["kind"] for lead in table("leads")}
    rows = table("staff")
    assert {row["act"] for row in rows} == {"hold_post", "stand_in", "mails", "leave", "invite"}
    assert {row["person"] for row in rows} <= set(people)
    for row in rows:
        assert -372 <= days(row["day"]) < 0, row
        if row["act"] == "stand_in":
            assert row["other"] in people
            assert days(row["from"]) < days(row["to"])
        elif row["act"] == "hold_post":
            assert leads[row["other"]] == "post"
    away_now = [row for row in rows if row["act"] == "stand_in" and days(row["from"]) <= 0 <= days(row["to"])]
    assert len(away_now) == 1
    assert not {row["person"] for row in rows if row["act"] in {"leave", "invite"}} & {
        f"{role}@demo.example" for role in DEMONSTRATION
    }


def test_mails_and_drafts_are_of_people_who_exist() -> None:
    people = set(column("people", "email"))
    for row in table("mails"):
        assert row["act"] in {"digest", "chase"}
        assert bool(row["people"]) == (row["act"] == "chase")
        assert set(members(row["people"])) <= people
    assert days(table("mails")[-1]["day"]) < 0
    for row in table("drafts"):
        assert row["author"] in people
        assert row["ref"] in refs()
        assert row["text"] or row["why"]
