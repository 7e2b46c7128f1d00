"""Two people at once: nothing of either is lost, nothing is kept twice, and the change log stays whole."""

import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.hostile import forms_of
from tests.integration.attacks.places import Places
from tests.integration.attacks.visitor import Visitor, words_of
from tests.support.houses import House
from tracker.core import clock
from tracker.core.changelog import verify

LOG_KEY = b"another key for tests only, as long"


def at_once(acts: Iterable[Callable[[], int]]) -> list[int]:
    """Do all of it at the same moment, each in a thread of its own, and return what each came to."""
    acts = list(acts)
    start, found = threading.Barrier(len(acts)), [0] * len(acts)

    def run(place: int, act: Callable[[], int]) -> None:
        with clock.at(A_THURSDAY + timedelta(seconds=place)):
            start.wait()
            found[place] = act()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _form(visitor: Visitor, address: str, field: str) -> dict[str, object]:
    return dict(next(form for form in forms_of(visitor.get(address).text) if field in form.known).sent)


def _code(visitor: Visitor, address: str, fields: dict[str, object]) -> int:
    return visitor.post(address, data=fields).status_code


def _count(stored: Session, query: str, **values: object) -> int:
    stored.rollback()
    found = stored.scalars(text(query), values).one()
    stored.rollback()
    return int(found)


def test_two_updates_of_one_action_one_is_kept_and_no_words_are_lost(
    places: Places, stored: Session, come: SignIn
) -> None:
    address = f"/plans/{places['slug']}/{places['my_ref']}/update"
    people = [come("lead"), come("office"), come("office"), come("lead")]
    forms = [_form(person, address, "happened") for person in people]
    answers = {}

    def send(place: int) -> int:
        said = {**forms[place], "declared": "G", "happened": f"The words of number {place}"}
        answers[place] = people[place].post(address, data=said)
        return answers[place].status_code

    codes = at_once([partial(send, place) for place in range(4)])
    assert sorted(codes) == [303, 409, 409, 409]
    for place, answer in answers.items():
        if answer.status_code == 409:
            assert f"The words of number {place}" in words_of(answer)
    saved = "SELECT count(*) FROM progress_update WHERE happened LIKE 'The words of number%'"
    assert _count(stored, saved) == 1
    assert verify(stored, LOG_KEY).whole


def test_a_form_sent_twice_at_once_makes_one_update(places: Places, stored: Session, come: SignIn) -> None:
    address = f"/plans/{places['slug']}/{places['my_ref']}/update"
    visitor = come("lead")
    twins = [come("lead") for _ in range(3)]
    said = {**_form(visitor, address, "happened"), "declared": "G", "happened": "Pressed three times"}
    sending = [{**said, "csrf_token": twin.token} for twin in twins]
    codes = at_once([partial(_code, twin, address, said) for twin, said in zip(twins, sending, strict=True)])
    assert set(codes) <= {302, 303}
    assert _count(stored, "SELECT count(*) FROM progress_update WHERE happened = 'Pressed three times'") == 1
    assert verify(stored, LOG_KEY).whole


def test_a_section_kept_from_two_places_at_once_writes_nothing_over(
    places: Places, stored: Session, come: SignIn
) -> None:
    address = f"/audits/{places['my_draft']}/section/5"
    writers = [come("auditor") for _ in range(3)]
    forms = [_form(writer, address, "strengths") for writer in writers]

    def keep(place: int) -> int:
        typed = {**forms[place], "strengths": f"Seen by number {place}"}
        return writers[place].post(f"{address}/draft", data=typed).status_code

    codes = at_once([partial(keep, place) for place in range(3)])
    assert sorted(codes) == [200, 409, 409]
    kept = stored.scalars(text("SELECT strengths FROM audit_section WHERE strengths LIKE 'Seen by number%'")).all()
    assert kept == [f"Seen by number {codes.index(200)}"]
    stored.rollback()
    assert verify(stored, LOG_KEY).whole


def test_one_decision_is_taken_once(places: Places, stored: Session, come: SignIn) -> None:
    address = f"/plans/{places['slug']}/{places['date_ref']}/dates/{places['date']}"
    officers = [come("office"), come("office")]
    forms = [{**_form(officer, address, "note"), "note": "Agreed by telephone"} for officer in officers]
    answers = ("approve", "refuse")
    sending = [{**form, "answer": answer} for form, answer in zip(forms, answers, strict=True)]
    codes = at_once([partial(_code, one, address, said) for one, said in zip(officers, sending, strict=True)])
    assert sorted(codes) == [303, 409]
    decided = stored.scalars(text("SELECT state FROM date_change WHERE id = :id").bindparams(id=places["date"])).one()
    assert decided == {"approve": "approved", "refuse": "refused"}[answers[codes.index(303)]]
    stored.rollback()
    assert verify(stored, LOG_KEY).whole


def test_a_concern_pressed_twice_at_once_is_one_concern(places: Places, stored: Session, come: SignIn) -> None:
    address = f"/audits/{places['my_draft']}/concern"
    twins = [come("auditor") for _ in range(3)]
    said = {**_form(twins[0], address, "told_to"), "told_to": "Duty manager", "what": "The plan no longer holds"}
    said |= {"told_on": "25 Nov 2026", "told_at": "09:00"}
    sending = [{**said, "csrf_token": twin.token} for twin in twins]
    codes = at_once([partial(_code, twin, address, said) for twin, said in zip(twins, sending, strict=True)])
    assert set(codes) <= {303, 409}
    assert 303 in codes
    assert _count(stored, "SELECT count(*) FROM immediate_concern WHERE what = 'The plan no longer holds'") == 1


@pytest.mark.parametrize("guesses", [14])
def test_a_crowd_of_guesses_gets_no_more_than_ten(guesses: int, town: House, come: SignIn) -> None:
    crowd = [come() for _ in range(guesses)]
    sending: list[dict[str, object]] = [
        {"csrf_token": one.token, "email": "office@demo.example", "password": f"wrong password {place}"}
        for place, one in enumerate(crowd)
    ]
    codes = at_once([partial(_code, one, "/sign-in", said) for one, said in zip(crowd, sending, strict=True)])
    assert codes.count(422) <= 10
    assert set(codes) <= {422, 429}
    # Those who came at the same moment may all have been sent away unread; whoever goes on has what is left of the ten.
    after = [come().sign_in("office@demo.example", "wrong password").status_code for _ in range(12)]
    assert codes.count(422) + after.count(422) == 10
    assert come().sign_in("office@demo.example", "tracker-demonstration").status_code == 429
