"""Dependencies said by several people at the same moment: no circle comes of it, on either database."""

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.plans.models import ActionLink

pytestmark = pytest.mark.both_databases
PAIRS = (("1.1", "1.2"), ("1.2", "1.1"), ("1.3", "1.4"), ("1.4", "1.3"))


def test_actions_that_would_wait_for_each_other_are_refused_even_at_the_same_moment(
    app: Flask, session: Session, today: date, office: Person
) -> None:
    plan = a_plan(session, slug="plan", approved_on="-60d")
    ids = {f"1.{place}": an_action(session, plan, title=f"Step {place}").id for place in range(1, 5)}
    session.commit()
    senders = [CheckedClient(app) for _ in PAIRS]
    said = []
    for sender, (ref, other) in zip(senders, PAIRS, strict=True):
        sender.sign_in(office)
        sender.get(f"/plans/plan/{ref}/waits")
        said.append(
            (f"/plans/plan/{ref}/waits", sender.form("target").filled({"target": str(ids[other]), "why": "So"}))
        )
    codes: list[int] = [0] * len(senders)
    start = threading.Barrier(len(senders))

    def send(place: int) -> None:
        start.wait()
        address, fields = said[place]
        codes[place] = senders[place].post(address, data=fields).status_code

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(senders))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.rollback()
    waits = {(link.from_id, link.to_id) for link in session.scalars(select(ActionLink))}
    assert len(waits) == 2, codes
    assert not any((after, before) in waits for before, after in waits)
    assert sorted(codes) == [303, 303, 422, 422]
