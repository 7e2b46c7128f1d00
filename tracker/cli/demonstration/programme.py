"""The invented council's audit programme: a year's plan, a sample that waits to be given out, a wish to exempt."""

from collections.abc import Iterator
from functools import partial

from tracker.audits import commands, queries
from tracker.audits.commands import MechanismPlan, RoundFocus
from tracker.audits.rules.case_list import CaseList
from tracker.audits.rules.independence import ConflictKind
from tracker.audits.rules.programme import DEFAULT_MECHANISMS, year_of
from tracker.audits.rules.sampling import ListedFile, Strata
from tracker.audits.rules.vocabulary import Category, Selection
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table

# How many of each of the twelve mechanisms are planned in a year; the first is that of the monthly rounds. Of feedback
# a question put in one period counts once, however many replied.
_TARGETS = (264, 40, 12, 60, 30, 12, 10, 4, 4, 2, 20, 1)
_AUDIT_ASKED_ABOUT = "r4-16"
_WHY_EXEMPT = "The file is with the court and cannot be read before spring."


def audit_programme(council: Council) -> Iterator[Entry]:
    """Give the programme of each year that has rounds, made on the first day of its first round."""
    days = sorted(council.offsets.day(row["month"]) for row in table("rounds"))
    firsts = {year_of(day): day for day in reversed(days)}
    for year, day in firsts.items():
        yield Entry(day, council.moderator, partial(_plan, council, year))


def audit_samples(council: Council) -> Iterator[Entry]:
    """Give the themed round of today, drawn and not yet given out, a declared conflict and a wish to exempt."""
    today = council.offsets.day("0d")
    yield Entry(today, council.moderator, partial(_draw, council))
    yield Entry(today, council.moderator, partial(_ask, council))


def focus_of(council: Council, row: Row) -> RoundFocus:
    """Return where a monthly round belongs and what its auditors read and judge."""
    year = year_of(council.offsets.day(row["month"]))
    return RoundFocus(mechanism_id=council.mechanisms[year, 1], read_months=12, judged_months=6)


def _plan(council: Council, year: int) -> None:
    session, by = council.session, council.moderator
    commands.make_programme(session, year=year, by=by)
    programme = queries.programme(session, year)
    assert programme is not None
    owners = [by, council.people["joanne.pike@demo.example"]]
    for number, one in enumerate(programme.mechanisms):
        council.mechanisms[year, one.position] = one.id
        told = DEFAULT_MECHANISMS[number]
        plan = MechanismPlan(told.name, told.kind, told.cadence, _TARGETS[number], owners[number % 2], told.counts)
        commands.change_mechanism(session, one, plan, version=one.version, by=by)


def _draw(council: Council) -> None:
    session, by, today = council.session, council.moderator, council.offsets.today
    themes = {theme.code: theme.id for theme in queries.themes(session)}
    made = commands.make_round(
        session,
        name=council.offsets.printed("Themed audit of supervision, {month:0}"),
        starts_on=council.offsets.day("-1m@15"),
        due_on=council.offsets.day("+1m@31"),
        selection=Selection.STRATIFIED,
        sample_target=12,
        focus=RoundFocus(council.mechanisms[year_of(today), 2], themes["supervision"], read_months=12, judged_months=6),
        by=by,
    )
    listed = CaseList(tuple(_listed(council, row) for row in table("case_list")))
    waiting = commands.keep_case_list(session, made, listed, strata=Strata.CATEGORY, by=by)
    commands.keep_sample(session, waiting, by=by)


def _listed(council: Council, row: Row) -> ListedFile:
    last = council.offsets.day(row["last_audited"]) if row["last_audited"] else None
    return ListedFile(row["code"], Category(row["category"]), council.units[row["unit"]].id, row["siblings"], last)


def _ask(council: Council) -> None:
    session, by, audit = council.session, council.moderator, council.audits[_AUDIT_ASKED_ABOUT]
    commands.ask_exemption(session, audit, reason=_WHY_EXEMPT, version=audit.version, by=by)
    owen = council.people["owen.tranter@demo.example"]
    commands.declare_conflict(session, auditor=owen, case=audit.case, kind=ConflictKind.KNOWS_FAMILY, by=by)
