"""What is refused in a case reference and warned of in free text (domain A13)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.names import IdentifierKind, identifiers_in, longest, reference_fault
from tracker.audits.rules.names.patterns import is_nhs_number
from tracker.core.text import random_code

TODAY = date(2026, 11, 26)
TEAMS = ["South Family Team", "Northmoor Council"]


@pytest.mark.parametrize(
    "code", ["A-2611-07", "CP-104", "A-7KQ4-M2", "CIN-22", "mash-9", "case-006", "1234", "X1Y2Z3", "999999", "12345678"]
)
def test_codes_that_say_nothing_pass(code: str) -> None:
    assert reference_fault(code) is None


@pytest.mark.parametrize(
    ("text", "looks_like"),
    [
        ("Emma-1", "a name"),
        ("SMITH01", "a name"),
        ("lynn7", "a name"),
        ("Zoë1", "a name"),
        ("Łukasz9", "a name"),
        ("Tom 4", "a name"),
        ("9434765919", "an NHS number"),
        ("943 476 5919", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("A9434765919", "an NHS number"),
        ("9434765919-1", "an NHS number"),
        ("943-476-5919-02", "an NHS number"),
        ("2-9434765919", "an NHS number"),
        ("260311", "a date of birth"),
        ("A-260311", "a date of birth"),
        ("14032011", "a date of birth"),
        ("20110314", "a date of birth"),
        ("2011-03-14", "a date of birth"),
        ("14/03/11", "a date of birth"),
        ("14 Mar 2011", "a date of birth"),
        ("14march2011", "a date of birth"),
        ("PL4 8AA", "a postcode"),
        ("pl48aa", "a postcode"),
        ("SW1A-1AA", "a postcode"),
    ],
)
def test_what_could_tell_who_the_child_is_is_refused(text: str, looks_like: str) -> None:
    assert reference_fault(text) == f"This looks like {looks_like}. Use a code that says nothing about the child"


@pytest.mark.parametrize("text", ["a.person@example.test", "x@y"])
def test_an_address_of_e_mail_is_refused(text: str) -> None:
    assert "e-mail" in (reference_fault(text) or "")


@pytest.mark.parametrize("text", ["", "A1", "---", "CP", "A 1 2", "A_12", "1" * 21, "A-1\x00", "٣٤٥٦"])
def test_a_reference_of_another_shape_is_refused(text: str) -> None:
    assert reference_fault(text) is not None


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("9434765919", True),
        ("4010232137", True),
        ("9434765918", False),
        ("1234567890", False),
        ("0000000000", False),
        ("1111111111", False),
        ("943476591", False),
    ],
)
def test_the_check_digit_of_an_nhs_number(digits: str, is_one: bool) -> None:
    assert is_nhs_number(digits) is is_one


@given(st.text(max_size=200))
def test_any_text_is_a_reference_or_is_refused_with_a_sentence(text: str) -> None:
    fault = reference_fault(text)
    assert fault is None or fault[0].isupper()


def test_most_random_codes_look_like_nothing() -> None:
    faults = [code for _ in range(500) if reference_fault(code := f"A-{random_code(4)}-{random_code(2)}")]
    assert len(faults) < 250


def names_in(text: str) -> list[str]:
    found = identifiers_in(text, today=TODAY, known=TEAMS)
    return [one.words for one in found if one.kind is IdentifierKind.NAME]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The worker saw Emma at school.", ["Emma"]),
        ("Emma said that she was afraid.", ["Emma"]),
        ("emma was seen alone", ["emma"]),
        ("Emma's mother was seen. Emma agreed.", ["Emma"]),
        ("Kaydee's wishes are recorded.", ["Kaydee"]),
        ("Seen with Anna Kowalska and Mr Patel.", ["Anna Kowalska", "Patel"]),
        ("Dr. Khan wrote to us.", ["Khan"]),
        ("The O'Brien children, and the Smith-Jones file", ["O'Brien", "Smith-Jones"]),
        ("JADEN was not heard", ["JADEN"]),
        ("We met Łukasz", ["Łukasz"]),
        ("Seen by J. Kowalska", ["Kowalska"]),
    ],
)
def test_likely_names_are_noticed(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Chronology is up to date (assessment 3 October). Father and grandmother both spoken to.",
        "The child's views are heard. Mother's views are not.",
        "It's plain what the Council and Ofsted expect in March.",
        "The South Family Team used Signs of Safety; the IRO and MASH agreed on Monday.",
        "Visits:\n- Weekly at first\n- Monthly since September",
        "I think the Child in Need plan helps. Nothing else's missing",
        "The plan MUST name who does what",
        "Today's visit was late; everyone's view was sought.",
        "",
    ],
)
def test_other_words_with_capitals_pass(text: str) -> None:
    assert names_in(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("He was born on 14/03/2019.", IdentifierKind.BIRTH_DATE, "14/03/2019"),
        ("DOB 1.9.26", IdentifierKind.BIRTH_DATE, "1.9.26"),
        ("A baby born 3 October 2026", IdentifierKind.BIRTH_DATE, "3 October 2026"),
        ("known to us since 2 May 2013", IdentifierKind.BIRTH_DATE, "2 May 2013"),
        ("They live at PL4 8AA now", IdentifierKind.POSTCODE, "PL4 8AA"),
        ("NHS number 943 476 5919", IdentifierKind.NHS_NUMBER, "943 476 5919"),
        ("NHS number 943\u00a0476\u00a05919", IdentifierKind.NHS_NUMBER, "943\u00a0476\u00a05919"),
        ("NHS number 943.476.5919", IdentifierKind.NHS_NUMBER, "943.476.5919"),
        ("NHS number 943  476\t5919", IdentifierKind.NHS_NUMBER, "943  476\t5919"),
        ("NHS number 943\u2013476\u20135919", IdentifierKind.NHS_NUMBER, "943\u2013476\u20135919"),
        ("They live at PL4\u00a08AA now", IdentifierKind.POSTCODE, "PL4\u00a08AA"),
        ("born on the 12th of May 2014", IdentifierKind.BIRTH_DATE, "12th of May 2014"),
        ("DOB 12052014", IdentifierKind.BIRTH_DATE, "12052014"),
        ("dob: 12 / 05 / 2014", IdentifierKind.BIRTH_DATE, "12 / 05 / 2014"),
        ("Ring (0117) 496 0123", IdentifierKind.PHONE, "0117) 496 0123"),
        ("Ring 07700 900123", IdentifierKind.PHONE, "07700 900123"),
        ("Ring +44 7700 900123", IdentifierKind.PHONE, "+44 7700 900123"),
        ("Sent to a.person@example.test.", IdentifierKind.EMAIL, "a.person@example.test"),
    ],
)
def test_numbers_and_addresses_are_noticed(text: str, kind: IdentifierKind, words: str) -> None:
    assert [(one.kind, one.words) for one in identifiers_in(text, today=TODAY)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "supervised on 12/09/2026",
        "seen 3 October, again 12 October 2026",
        "31/02/2011",
        "section 17",
        "1 of 22",
        "AUD 12052014",
    ],
)
def test_recent_days_and_plain_numbers_pass(text: str) -> None:
    assert identifiers_in(text, today=TODAY) == ()


def test_without_a_day_to_compare_with_every_full_date_is_noticed() -> None:
    assert [one.words for one in identifiers_in("supervised on 12/09/2026")] == ["12/09/2026"]


@given(st.text(max_size=300))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    assert all(one.words in text for one in identifiers_in(text, today=TODAY))


@pytest.mark.parametrize(
    "piece", ["a", "A a ", "1", "- ", "12/", "A'", "@.", " ", "\n", "A1 ", "07700 ", "1 jan", "’s"]
)
def test_a_very_long_text_is_read_to_its_end(piece: str) -> None:
    # An expression that tries every way would run for hours here.
    text = piece * (60_000 // len(piece))
    assert all(one.words in text for one in identifiers_in(text, today=TODAY))
    assert reference_fault(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We met Emma. Then Emma Smith rang", ["Emma Smith"]),
        ("We met Emma Smith. Then Emma Jones rang", ["Emma Smith", "Emma Jones"]),
        ("We met Emma. Then Emmanuel rang", ["Emma", "Emmanuel"]),
        ("We met Emma, and Emma again", ["Emma"]),
    ],
)
def test_a_name_within_a_longer_one_is_shown_once(text: str, shown: list[str]) -> None:
    assert [found.words for found in longest(identifiers_in(text, today=TODAY))] == shown
