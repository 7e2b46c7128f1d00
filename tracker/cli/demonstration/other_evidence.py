"""The invented council's feedback, practice alerts, events with their quick wins, and what it learned of them."""

from collections.abc import Iterator
from functools import partial

from tracker.audits.commands.alerts import answer_alert, close_alert, record_alert
from tracker.audits.commands.events import EventFacts, add_event, add_finding
from tracker.audits.commands.feedback import FeedbackFacts, add_feedback
from tracker.audits.commands.learning import Message, Said, change_message, change_said, keep_said, send_message
from tracker.audits.commands.quick_wins import add_quick_win, finish_quick_win
from tracker.audits.models import AssuranceEvent, LearningMessage, PracticeAlert, QuickWin, Theme, YouSaid
from tracker.audits.queries import theme_by_code
from tracker.audits.rules.feedback import Replies
from tracker.audits.rules.other_words import AlertSource, Audience, EventKind, FeedbackSource, Voice
from tracker.audits.rules.vocabulary import FindingKind
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.core import clock
from tracker.impact.commands import link_quick_win


def other_evidence(council: Council) -> Iterator[Entry]:
    """Give everything on the day on which it was recorded."""
    yield from _feedback(council)
    yield from _alerts(council)
    yield from _events(council)
    yield from _learning(council)


def _feedback(council: Council) -> Iterator[Entry]:
    for row in table("feedback"):
        yield Entry(council.offsets.day(row["to"]), council.moderator, partial(_add_feedback, council, row))


def _alerts(council: Council) -> Iterator[Entry]:
    made: dict[int, PracticeAlert] = {}
    for number, row in enumerate(table("alerts")):
        days = [council.offsets.day(row[name]) for name in ("raised", "answered", "closed") if row[name]]
        steps = (_raise_alert, _answer_alert, _close_alert)
        for day, step in zip(days, steps, strict=False):
            yield Entry(day, council.moderator, partial(step, council, row, made, number))


def _events(council: Council) -> Iterator[Entry]:
    made: dict[str, AssuranceEvent] = {}
    wins: dict[int, QuickWin] = {}
    for number, row in enumerate(table("events")):
        day = council.offsets.day(row["day"])
        if row["kind"] in set(EventKind):
            yield Entry(day, council.moderator, partial(_add_event, council, row, made))
        elif row["kind"] == "win":
            yield Entry(day, council.moderator, partial(_add_win, council, row, made, wins, number))
        else:
            yield Entry(day, council.moderator, partial(_add_finding, council, row, made))
        if row["done"]:
            owner = council.people[row["owner"]]
            yield Entry(council.offsets.day(row["done"]), owner, partial(_finish_win, council, row, wins, number))


def _learning(council: Council) -> Iterator[Entry]:
    messages: dict[int, LearningMessage] = {}
    said: dict[int, YouSaid] = {}
    for number, row in enumerate(table("learning")):
        begin = (
            partial(_message, council, row, messages)
            if row["kind"] == "message"
            else partial(_said, council, row, said)
        )
        yield Entry(council.offsets.day(row["day"]), council.moderator, partial(begin, number, ""))
        if row["after"]:
            yield Entry(council.offsets.day(row["after"]), council.moderator, partial(begin, number, row["done"]))


def _theme(council: Council, row: Row) -> Theme:
    theme = theme_by_code(council.session, row["theme"])
    if theme is None:
        raise LookupError(f"There is no theme {row['theme']!r}.")
    return theme


def _add_feedback(council: Council, row: Row) -> None:
    facts = FeedbackFacts(
        source=FeedbackSource(row["source"]),
        question=row["question"],
        starts_on=council.offsets.day(row["from"]),
        ends_on=council.offsets.day(row["to"]),
        replies=Replies(int(row["invited"]), int(row["responded"]), int(row["yes"])),
        theme=_theme(council, row),
    )
    add_feedback(council.session, facts, names_confirmed=True, by=council.moderator)


def _raise_alert(council: Council, row: Row, made: dict[int, PracticeAlert], number: int) -> None:
    made[number] = record_alert(
        council.session,
        source=AlertSource(row["source"]),
        theme=_theme(council, row),
        unit=council.units[row["unit"]],
        raised_on=clock.today(),
        words=row["words"],
        names_confirmed=True,
        by=council.moderator,
    )


def _answer_alert(council: Council, row: Row, made: dict[int, PracticeAlert], number: int) -> None:
    alert, by = made[number], council.moderator
    answer_alert(council.session, alert, answer=row["answer"], names_confirmed=True, version=alert.version, by=by)


def _close_alert(council: Council, row: Row, made: dict[int, PracticeAlert], number: int) -> None:
    del row
    close_alert(council.session, made[number], version=made[number].version, by=council.moderator)


def _add_event(council: Council, row: Row, made: dict[str, AssuranceEvent]) -> None:
    facts = EventFacts(
        kind=EventKind(row["kind"]),
        name=council.offsets.printed(row["name"]),
        starts_on=council.offsets.day(row["day"]),
        ends_on=council.offsets.day(row["to"]),
        focus=row["words"],
    )
    made[row["event"]] = add_event(council.session, facts, names_confirmed=True, by=council.moderator)


def _add_finding(council: Council, row: Row, made: dict[str, AssuranceEvent]) -> None:
    add_finding(
        council.session,
        made[row["event"]],
        kind=FindingKind(row["kind"]),
        words=row["words"],
        theme=_theme(council, row),
        names_confirmed=True,
        by=council.moderator,
    )


def _add_win(
    council: Council, row: Row, made: dict[str, AssuranceEvent], wins: dict[int, QuickWin], number: int
) -> None:
    wins[number] = add_quick_win(
        council.session,
        made[row["event"]],
        words=row["words"],
        owner=council.people[row["owner"]],
        due_on=council.offsets.day(row["due"]),
        names_confirmed=True,
        by=council.moderator,
    )
    if row["action"]:
        link_quick_win(council.session, wins[number], council.actions[row["action"]], by=council.moderator)


def _finish_win(council: Council, row: Row, wins: dict[int, QuickWin], number: int) -> None:
    finish_quick_win(
        council.session,
        wins[number],
        done_on=clock.today(),
        outcome=row["outcome"],
        names_confirmed=True,
        version=wins[number].version,
        by=council.people[row["owner"]],
    )


def _message(council: Council, row: Row, kept: dict[int, LearningMessage], number: int, changed: str) -> None:
    session, by = council.session, council.moderator
    sent_on, since = council.offsets.day(row["day"]), clock.today() if changed else None
    message = Message(_theme(council, row), row["words"], Audience(row["who"]), sent_on, changed, since)
    if number in kept:
        version = kept[number].version
        change_message(session, kept[number], message, names_confirmed=True, version=version, by=by)
    else:
        kept[number] = send_message(session, message, names_confirmed=True, by=by)


def _said(council: Council, row: Row, kept: dict[int, YouSaid], number: int, did: str) -> None:
    session, by = council.session, council.moderator
    said_on, since = council.offsets.day(row["day"]), clock.today() if did else None
    said = Said(Voice(row["who"]), row["words"], said_on, _theme(council, row), did, since)
    if number in kept:
        change_said(session, kept[number], said, names_confirmed=True, version=kept[number].version, by=by)
    else:
        kept[number] = keep_said(session, said, names_confirmed=True, by=by)
