"""The fields that forms share: what each takes, what it makes of it, and what it says of the rest."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import Field, RadioField

from tracker.web.forms import (
    ClockField,
    DayField,
    Form,
    FromList,
    NotBlank,
    RecordField,
    WholeField,
    choices_of,
    one_of,
)

TEAMS = [SimpleNamespace(id=3, name="North Team"), SimpleNamespace(id=4, name="Duty")]


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class AForm(Form):
    day = DayField("Day")
    past = DayField("Past", needs_year=True)
    at = ClockField("Time")
    many = WholeField("How many", least=1, most=1000)
    size = FromList("Size", choices=choices_of(Size))
    team = RecordField("Team")
    card = RadioField("Card", [one_of("", *Size, message="Choose one of these")], validate_choice=False)
    told = DayField("Told on", [NotBlank("Enter the day")])


RIGHT = {"many": "5", "size": "small", "team": "", "told": "1 dec 2026"}


@pytest.fixture(autouse=True)
def _request(clock_at: Callable[[date | datetime], datetime]) -> Iterator[None]:
    clock_at(date(2026, 11, 26))
    app = Flask(__name__)
    app.config.update(SECRET_KEY="not a secret", WTF_CSRF_ENABLED=False)
    with app.test_request_context():
        yield


def checked(**typed: str) -> AForm:
    """Return the form as checked after somebody typed these answers, the others being right."""
    app_form = AForm(formdata=None)
    app_form.team.offer(TEAMS, none="No team")
    app_form.card.choices = choices_of(Size)
    for name, value in {**RIGHT, **typed}.items():
        app_form[name].process_formdata([value])
        app_form[name].raw_data = [value]
    app_form.validate()
    return app_form


def said(name: str, text: str) -> str:
    """Return what is said beside a field in which somebody typed a text."""
    field: Field = checked(**{name: text})[name]
    return ". ".join(map(str, field.errors))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15 jan 2027", date(2027, 1, 15)),
        ("15/1/27", date(2027, 1, 15)),
        ("Friday 15th January 2027", date(2027, 1, 15)),
        ("15 jan", date(2027, 1, 15)),
        ("", None),
    ],
)
def test_a_day_is_read_as_council_people_write_it(typed: str, day: date | None) -> None:
    assert checked(day=typed).day.day == day
    assert said("day", typed) == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("jan 2027", "Enter one day, for example 15 Jan 2027"),
        ("Q4", "Enter one day, for example 15 Jan 2027"),
        ("TBC", "Enter one day, for example 15 Jan 2027"),
        ("every month from 1 jan 2027", "Enter one day, for example 15 Jan 2027"),
        ("soon", "Enter one day, for example 15 Jan 2027"),
        ("1 jan 2027 " * 100_000, "Enter one day, for example 15 Jan 2027"),
        ("31 feb 2027", "31 Feb 2027 is not a real date"),
    ],
)
def test_what_is_no_single_day_is_refused(typed: str, words: str) -> None:
    assert said("day", typed) == words
    assert checked(day=typed).day.day is None


def test_a_day_behind_us_needs_its_year_as_a_guess_would_lie_ahead() -> None:
    assert said("past", "15 jan") == "Enter a day with its year, for example 15 Jan 2027"
    assert checked(past="15 jan 2026").past.day == date(2026, 1, 15)


def test_a_day_that_has_to_be_there_is_asked_for_once() -> None:
    assert said("told", "") == "Enter the day"


def test_a_stored_day_is_shown_as_people_write_it() -> None:
    form = AForm(formdata=None, data={"day": date(2026, 12, 3)})
    assert (form.day.data, form.day.day) == ("3 Dec 2026", date(2026, 12, 3))


@pytest.mark.parametrize(("typed", "at"), [("9:05", time(9, 5)), ("23.59", time(23, 59)), ("", None)])
def test_a_time_is_read_with_a_colon_or_a_stop(typed: str, at: time | None) -> None:
    assert checked(at=typed).at.time == at


@pytest.mark.parametrize("typed", ["24:00", "9", "9:60", "nine"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert said("at", typed) == "Enter a time, for example 10:40"


@pytest.mark.parametrize("typed", ["0", "1001", "", "five", "-1", "1.5", "²", "9" * 2_000])
def test_a_number_that_is_not_whole_or_out_of_bounds_is_refused(typed: str) -> None:
    assert said("many", typed) == "Enter a whole number from 1 to 1,000"


@pytest.mark.parametrize(("name", "typed"), [("size", "huge"), ("size", ""), ("team", "5"), ("team", "North Team")])
def test_only_what_a_list_holds_may_be_chosen(name: str, typed: str) -> None:
    assert said(name, typed) == "Choose one from the list"


@pytest.mark.parametrize(("typed", "name"), [("3", "North Team"), ("4", "Duty"), ("", None)])
def test_a_chosen_record_is_found_again_and_none_is_an_answer(typed: str, name: str | None) -> None:
    chosen = checked(team=typed).team.chosen(TEAMS)
    assert (chosen.name if chosen else None) == name


@pytest.mark.parametrize(("typed", "words"), [("small", ""), ("", ""), ("huge", "Choose one of these")])
def test_no_card_is_an_answer_where_the_form_says_so(typed: str, words: str) -> None:
    assert said("card", typed) == words


@given(st.text(max_size=40))
def test_any_text_in_a_box_is_read_or_refused(text: str) -> None:
    form = checked(day=text, past=text, at=text, many=text, size=text, team=text)
    for field, read in ((form.day, form.day.day), (form.past, form.past.day), (form.at, form.at.time)):
        assert bool(text) == (read is not None or bool(field.errors))
