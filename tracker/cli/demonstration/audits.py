"""The invented council's audit rounds and what auditors wrote in them; what follows from an audit is another file's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from tracker.audits import commands, queries
from tracker.audits.commands import Development, SectionAnswers, WholeAudit
from tracker.audits.models import AuditTool
from tracker.audits.rules.first_tool import DEFAULT_SLUG
from tracker.audits.rules.taking_part import Extent
from tracker.audits.rules.tool import Section, Tool
from tracker.audits.rules.vocabulary import Category, FindingKind, Grade, NoGrade, Selection
from tracker.cli.demonstration.answers import replies
from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.file_facts import MONTHS_READ, SaidBeside, about_file, said_beside
from tracker.cli.demonstration.moderations import rule_of
from tracker.cli.demonstration.programme import focus_of
from tracker.cli.demonstration.remedials import give_remedials
from tracker.cli.demonstration.tables import Row, table
from tracker.core import clock
from tracker.people.models import Person
from tracker.plans.rules.recurrence import months_later

Findings = Mapping[tuple[str, str], list[Row]]


def audit_rounds(council: Council) -> Iterator[Entry]:
    """Give each round on its first day with all its files handed out, and each audit on the day it was written."""
    audits, findings, rounds = table("audits"), _findings(), table("rounds")
    themes, beside = {theme.code: theme.id for theme in queries.themes(council.session)}, said_beside()
    council.tools = {tool.number: tool for tool in _versions(council.session)}
    asked = queries.tools_by_id(council.session, [stored.id for stored in council.tools.values()])
    tools = {row["round"]: asked[council.tools[int(row["tool"])].id] for row in rounds}
    for number in council.tools:
        began = min(council.offsets.day(row["month"]) for row in rounds if int(row["tool"]) == number)
        yield Entry(began, council.moderator, partial(_take_up, council, number))
    for row in rounds:
        members = [audit for audit in audits if audit["round"] == row["round"]]
        first = council.offsets.day(row["month"])
        yield Entry(first, council.moderator, partial(_hand_out, council, row, members))
    for row in audits:
        if row["state"] != "allocated":
            auditor = council.people[row["auditor"]]
            day = council.offsets.past_day(row["day"])
            yield Entry(
                day, auditor, partial(write_audit, council, row, tools[row["round"]], findings, themes, beside=beside)
            )


def _versions(session: Session) -> Iterator[AuditTool]:
    """Return the versions with all that they ask, held so that it is not read into new records for each audit."""
    for stored in queries.tool_versions(session, DEFAULT_SLUG):
        if tool := queries.audit_tool(session, stored.slug, stored.number):
            yield tool


def _findings() -> Findings:
    """Return the findings by audit and section."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table("findings"):
        found[row["audit"], row["section"]].append(row)
    return found


def _take_up(council: Council, number: int) -> None:
    """Begin with a version of the tool."""
    commands.date_tool(council.session, council.tools[number], live_on=clock.today(), by=council.moderator)


def _hand_out(council: Council, row: Row, audits: list[Row]) -> None:
    session, by = council.session, council.moderator
    made = commands.make_round(
        session,
        name=council.offsets.printed(row["title"]),
        starts_on=council.offsets.day(row["month"]),
        due_on=council.offsets.day(row["due"]),
        selection=Selection(row["selection"]),
        sample_target=int(row["sample_target"]),
        focus=focus_of(council, row),
        by=by,
    )
    for audit in audits:
        case = council.cases.get(audit["case"])
        if case is None:
            category, unit = Category(audit["category"]), council.units[audit["unit"]]
            case = commands.add_case(session, code=None, category=category, unit=unit, by=by)
            council.cases[audit["case"]] = case
        auditor = council.people[audit["auditor"]]
        tool = council.tools[int(row["tool"])]
        given = commands.allocate_audit(session, made, case, auditor=auditor, tool=tool, by=by)
        council.audits[audit["audit"]] = given


def write_audit(
    council: Council, row: Row, tool: Tool, findings: Findings, themes: Mapping[str, int], *, beside: SaidBeside
) -> None:
    """Write an audit as its auditor would, and send it when it is to be final."""
    session, by, today = council.session, council.people[row["auditor"]], clock.today()
    audit = council.audits[row["audit"]]
    asked = tool.asked_of(Category(row["category"]))
    poor = _poor(row, findings)
    sections = {
        section.number: replace(
            _answers(section, row, said, themes, poor, beside=beside),
            worker=beside.views.get((row["audit"], section.code)),
        )
        for section in asked.sections
        if section.is_graded
        and ((said := findings.get((row["audit"], section.code), [])) or row[f"grade_{section.code}"])
    }
    whole = WholeAudit(
        read_from=months_later(today, -MONTHS_READ),
        read_until=today,
        audited_on=today,
        sections=sections,
        grade=Grade(row["grade_overall"]) if row["grade_overall"] else None,
        reason=row["grade_reason"],
        impact=_impact(row),
        feedback=beside.workers.get(row["audit"], {}).get("feedback", ""),
        about=about_file(row["audit"], today),
    )
    _sit_together(council, row, by, beside)
    commands.save_whole(session, audit, whole, by=by)
    if more := beside.more_time.get(row["audit"]):
        until = audit.due_on + timedelta(days=int(more["days"]))
        commands.ask_more_time(session, audit, until=until, why=more["why"], by=by)
    give_remedials(council, row["audit"])
    if row["state"] == "sent":
        commands.send_audit(session, audit, rule=rule_of(row), seed=row["audit"], by=by)


def _sit_together(council: Council, row: Row, by: Person, beside: SaidBeside) -> None:
    """Say who sat beside the auditor, and who of the service is asked to answer once the audit is sent."""
    session, audit = council.session, council.audits[row["audit"]]
    if role := beside.roles.get(row["audit"]):
        commands.begin_side_by_side(
            session, audit, worker_role=role, has_large_text=False, version=audit.version, by=by
        )
    if named := beside.workers.get(row["audit"]):
        worker = council.people[named["worker"]]
        commands.name_worker(session, audit, worker=worker, version=audit.version, by=by)


def _poor(row: Row, findings: Findings) -> frozenset[str]:
    """Return the themes that an audit found wanting."""
    return frozenset(
        finding["theme"]
        for (audit, _), held in findings.items()
        if audit == row["audit"]
        for finding in held
        if FindingKind(finding["kind"]) is FindingKind.DEVELOPMENT
    )


def _impact(row: Row) -> Grade | None:
    """Return the grade of what came of the work: that of the section about it, once the whole is graded."""
    given = row["grade_impact"] if row["grade_overall"] else ""
    return Grade(given) if given in set(Grade) else None


def _development(row: Row, themes: Mapping[str, int], beside: SaidBeside) -> Development:
    again = beside.again.get((row["audit"], row["theme"]), {})
    put_right = Extent(again["put_right"]) if again.get("put_right") else None
    return Development(themes[row["theme"]], row["text"], again.get("historic") == "yes", put_right)


def _answers(
    section: Section,
    row: Row,
    findings: list[Row],
    themes: Mapping[str, int],
    poor: frozenset[str],
    *,
    beside: SaidBeside,
) -> SectionAnswers:
    given = row[f"grade_{section.code}"]
    strengths = [finding for finding in findings if FindingKind(finding["kind"]) is FindingKind.STRENGTH]
    developments = [finding for finding in findings if FindingKind(finding["kind"]) is FindingKind.DEVELOPMENT]
    is_grade = given in set(Grade)
    grade = Grade(given) if is_grade else None
    no_grade = NoGrade(given) if given and not is_grade else None
    return SectionAnswers(
        grade=grade,
        no_grade=no_grade,
        strengths=" ".join(finding["text"] for finding in strengths),
        strength_themes=tuple(themes[finding["theme"]] for finding in strengths),
        developments=tuple(_development(finding, themes, beside) for finding in developments),
        replies=replies(section, grade or no_grade, poor),
    )
