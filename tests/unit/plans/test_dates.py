"""How texts of target dates are read, as tables."""

from datetime import date

import pytest

from tracker.plans.rules.dates import DateProblem, read_cell_date, read_target_date, split_dates
from tracker.plans.rules.vocabulary import MilestoneKind

TODAY = date(2026, 11, 16)

TYPED = [
    # typed                       precision  first day     due           shown
    ("15 jan 2027", "day", "2027-01-15", "2027-01-15", "15 Jan 2027"),
    ("15/1/27", "day", "2027-01-15", "2027-01-15", "15 Jan 2027"),
    ("4.5.2027", "day", "2027-05-04", "2027-05-04", "4 May 2027"),
    ("2027-01-15", "day", "2027-01-15", "2027-01-15", "15 Jan 2027"),
    ("3rd March 2015", "day", "2015-03-03", "2015-03-03", "3 Mar 2015"),
    ("Friday 13 March 2015", "day", "2015-03-13", "2015-03-13", "13 Mar 2015"),
    ("January 15th, 2027", "day", "2027-01-15", "2027-01-15", "15 Jan 2027"),
    ("15 jan", "day", "2027-01-15", "2027-01-15", "15 Jan 2027"),
    ("16/11", "day", "2026-11-16", "2026-11-16", "16 Nov 2026"),
    ("29 Feb", "day", "2028-02-29", "2028-02-29", "29 Feb 2028"),
    ("jan 2027", "month", "2027-01-01", "2027-01-31", "Jan 2027"),
    ("January", "month", "2027-01-01", "2027-01-31", "Jan 2027"),
    ("november", "month", "2026-11-01", "2026-11-30", "Nov 2026"),
    ("01/2027", "month", "2027-01-01", "2027-01-31", "Jan 2027"),
    ("Dec 2014", "month", "2014-12-01", "2014-12-31", "Dec 2014"),
    ("sept 2015", "month", "2015-09-01", "2015-09-30", "Sep 2015"),
    ("Mar-15", "month", "2015-03-01", "2015-03-31", "Mar 2015"),
    ("end of March 2015", "month", "2015-03-01", "2015-03-31", "Mar 2015"),
    ("by March 2015", "month", "2015-03-01", "2015-03-31", "Mar 2015"),
    ("mid March 2015", "month", "2015-03-01", "2015-03-31", "Mar 2015"),
    ("March 2015 (subject to funding)", "month", "2015-03-01", "2015-03-31", "Mar 2015"),
    ("March/April 2015", "month", "2015-03-01", "2015-04-30", "Mar to Apr 2015"),
    ("Dec 2014 to Feb 2015", "month", "2014-12-01", "2015-02-28", "Dec 2014 to Feb 2015"),
    ("Q4", "quarter", "2027-01-01", "2027-03-31", "Q4 2026/27 (Jan to Mar 2027)"),
    ("Q3", "quarter", "2026-10-01", "2026-12-31", "Q3 2026/27 (Oct to Dec 2026)"),
    ("Q2", "quarter", "2027-07-01", "2027-09-30", "Q2 2027/28 (Jul to Sep 2027)"),
    ("Q4 2026/27", "quarter", "2027-01-01", "2027-03-31", "Q4 2026/27 (Jan to Mar 2027)"),
    ("Q4 2026", "quarter", "2027-01-01", "2027-03-31", "Q4 2026/27 (Jan to Mar 2027)"),
    ("jan-mar 2027", "quarter", "2027-01-01", "2027-03-31", "Q4 2026/27 (Jan to Mar 2027)"),
    ("quarter 2 2015/16", "quarter", "2015-07-01", "2015-09-30", "Q2 2015/16 (Jul to Sep 2015)"),
    ("first quarter of 2015/16", "quarter", "2015-04-01", "2015-06-30", "Q1 2015/16 (Apr to Jun 2015)"),
    ("2027", "year", "2027-01-01", "2027-12-31", "2027"),
    ("2026/27", "year", "2026-04-01", "2027-03-31", "2026/27"),
    ("2015-16", "year", "2015-04-01", "2016-03-31", "2015/16"),
]


@pytest.mark.parametrize(("text", "precision", "start", "due", "shown"), TYPED)
def test_a_typed_date_is_read_with_its_precision(text: str, precision: str, start: str, due: str, shown: str) -> None:
    read = read_target_date(text, today=TODAY)
    assert (read.kind, read.precision) == ("dated", precision)
    assert (str(read.start), str(read.due)) == (start, due)
    assert read.shown() == shown
    assert read.text == text


@pytest.mark.parametrize("text", ["TBC", "tbc", "T.B.C.", "to be confirmed", "Date to be confirmed", "To be agreed"])
def test_to_be_confirmed_is_no_date(text: str) -> None:
    read = read_target_date(text, today=TODAY)
    assert (read.kind, read.precision, read.due, read.shown()) == ("undated", "none", None, "Date to be confirmed")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("March Children’s Change Board to agree the dates", "Children's Change Board"),
        ("when the transformation board decides", "Transformation board"),
        ("Waiting for: Cabinet", "Cabinet"),
        ("Dates to be agreed by the Improvement Board", "Improvement Board"),
        ("subject to Cabinet approval", "Cabinet"),
    ],
)
def test_a_date_left_to_a_body_waits_for_it(text: str, body: str) -> None:
    read = read_target_date(text, today=TODAY)
    assert (read.kind, read.waits_on, read.due) == ("waiting", body, None)
    assert read.shown() == f"Waiting for: {body}"


@pytest.mark.parametrize(
    ("text", "months", "weeks", "first", "shown"),
    [
        ("First report June 2015 and then quarterly", 3, None, "2015-06-30", "Every quarter, next 30 Jun 2015"),
        ("quarterly from June 2026", 3, None, "2026-06-30", "Every quarter, next 30 Jun 2026"),
        ("every quarter", 3, None, "2026-12-31", "Every quarter, next 31 Dec 2026"),
        ("monthly", 1, None, "2026-11-30", "Every month, next 30 Nov 2026"),
        ("six monthly", 6, None, "2027-03-31", "Every 6 months, next 31 Mar 2027"),
        ("annually from 1 May 2027", 12, None, "2027-05-01", "Every year, next 1 May 2027"),
        ("every two months from June 2026", 2, None, "2026-06-30", "Every 2 months, next 30 Jun 2026"),
        ("every week", None, 1, "2026-11-23", "Every week, next 23 Nov 2026"),
        ("fortnightly", None, 2, "2026-11-30", "Every 2 weeks, next 30 Nov 2026"),
    ],
)
def test_a_recurring_date_has_a_step_and_a_first_turn(
    text: str, months: int | None, weeks: int | None, first: str, shown: str
) -> None:
    read = read_target_date(text, today=TODAY)
    assert (read.kind, read.every_months, read.every_weeks) == ("recurring", months, weeks)
    assert (str(read.due), read.shown()) == (first, shown)


def test_a_recurring_date_can_show_a_later_turn() -> None:
    read = read_target_date("quarterly from June 2026", today=TODAY)
    assert read.shown(date(2026, 12, 31)) == "Every quarter, next 31 Dec 2026"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("jan 2027", "We read this as January 2027, due by 31 January 2027"),
        ("15/1/27", "We read this as 15 January 2027"),
        ("Q4", "We read this as Q4 2026/27 (January to March 2027), due by 31 March 2027"),
        ("2026/27", "We read this as 2026/27 (April 2026 to March 2027), due by 31 March 2027"),
        ("2027", "We read this as 2027, due by 31 December 2027"),
        ("tbc", "We read this as a date still to be confirmed"),
        ("monthly", "We read this as every month, first due by 30 November 2026"),
        ("Cabinet to decide", "We read this as waiting for: Cabinet"),
    ],
)
def test_the_service_says_how_it_read_a_date(text: str, sentence: str) -> None:
    assert read_target_date(text, today=TODAY).sentence() == sentence


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Enter a date, a month, a quarter or TBC"),
        ("nonsense", "Enter a date, a month, a quarter or TBC"),
        ("soon " * 100, "Enter a date, a month, a quarter or TBC"),
        ("monthly from next week", "Enter a date, a month, a quarter or TBC"),
        ("spring 2027", "Spring 2027 is too broad. Enter a month or a quarter, for example Apr 2027 or Q1"),
        ("autumn", "Autumn is too broad. Enter a month or a quarter, for example Oct 2026 or Q3"),
        ("31 Feb 2027", "31 Feb 2027 is not a real date"),
        ("31/13/2027", "31/13/2027 is not a real date"),
        ("30 feb", "30 Feb is not a real date"),
        ("13/2027", "13/2027 is not a real month"),
        ("15 Jan 1066", "1066 is not a year we can use"),
        ("Q4 2026/29", "2026/29 is not a financial year"),
        ("ongoing", 'How often will you report on it? For example "monthly" or "every quarter from Jun 2027"'),
    ],
)
def test_a_text_that_is_no_date_is_refused_in_words(text: str, refusal: str) -> None:
    with pytest.raises(DateProblem) as refused:
        read_target_date(text, today=TODAY)
    assert str(refused.value) == refusal


@pytest.mark.parametrize("text", ["March", "Q4", "15 jan", "jan-mar", "ongoing", "Summer", "", "31 Feb 2015", "soon"])
def test_a_cell_that_does_not_tell_the_year_or_the_day_keeps_its_text_undated(text: str) -> None:
    read = read_cell_date(text)
    assert (read.kind, read.due, read.text) == ("undated", None, text)


def test_a_step_without_a_first_day_is_counted_from_the_approval() -> None:
    approved = date(2015, 1, 13)
    assert read_cell_date("monthly", counted_from=approved).due == date(2015, 1, 31)
    assert read_cell_date("Quarterly", counted_from=approved).due == date(2015, 3, 31)
    assert read_cell_date("monthly").kind is MilestoneKind.UNDATED


@pytest.mark.parametrize(
    ("cell", "dates"),
    [
        ("February 2015 March 2015", ("February 2015", "March 2015")),
        ("Dec 2014 Jan 2015 February 2015", ("Dec 2014", "Jan 2015", "February 2015")),
        ("February 2015 TBC", ("February 2015", "TBC")),
        ("TBC TBC", ("TBC", "TBC")),
        ("June 2015 (draft) July 2015 (final)", ("June 2015 (draft)", "July 2015 (final)")),
        ("3/4/15 and 1 May 2015", ("3/4/15", "1 May 2015")),
        ("March 2015 at the latest", ("March 2015 at the latest",)),
        ("First report June 2015 and then quarterly", ("First report June 2015 and then quarterly",)),
        ("", ("",)),
    ],
)
def test_dates_that_stand_one_after_another_are_told_apart(cell: str, dates: tuple[str, ...]) -> None:
    assert split_dates(cell) == dates
