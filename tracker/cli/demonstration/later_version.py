"""A later version of the invented plan: the office has taken in a part of it, and the rest waits for their word."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256

from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, table
from tracker.people.rules import PartyKind
from tracker.plans.commands.reimport import LaterVersion, differences, fingerprint, keep_reimport, take_in_pending
from tracker.plans.queries.reimports import stored_content
from tracker.plans.rules.dates import read_cell_date
from tracker.plans.rules.reimport import ActionContent, ChangeKind, MilestoneContent, PlanContent
from tracker.plans.rules.vocabulary import ActionKind

_DAY = "-1d"
_FILE = "improvement-plan-2.docx"


def later_version(council: Council) -> Iterator[Entry]:
    """Give the day on which the version came."""
    yield Entry(council.offsets.day(_DAY), council.office, partial(_bring, council))


def _bring(council: Council) -> None:
    session, plan = council.session, council.plan
    rows = table("later")
    content = stored_content(session, plan)
    for row in rows:
        content = _changed(council, content, row)
    text = "\n".join(f"{action.ref} {action.title}" for action in content.actions)
    version = LaterVersion(_FILE, sha256(text.encode()).hexdigest(), text, content)
    pending = keep_reimport(session, plan, version, by=council.office)
    found = differences(session, plan, content)
    taken = {f"{row['kind']}-{row['ref']}/{row['milestone']}" for row in rows if row["taken"]}
    codes = [one.code for one in found if one.code in taken]
    take_in_pending(session, plan, pending, codes=codes, seen=fingerprint(found), by=council.office)


def _changed(council: Council, content: PlanContent, row: Row) -> PlanContent:
    text, kind = council.offsets.printed(row["text"], year=council.offsets.day(_DAY).year), ChangeKind(row["kind"])
    if kind is ChangeKind.GONE:
        kept = tuple(action for action in content.actions if action.ref != row["ref"])
        return replace(content, actions=kept)
    if kind is ChangeKind.NEW:
        return replace(content, actions=(*content.actions, _new(council, row, text)))
    changed = tuple(
        _reworked(action, kind, row["milestone"], text) if action.ref == row["ref"] else action
        for action in content.actions
    )
    return replace(content, actions=changed)


def _new(council: Council, row: Row, text: str) -> ActionContent:
    title, _, date = text.partition(";")
    step = MilestoneContent(title, read_cell_date(date.strip()), position=1)
    lead = (council.people[row["lead"]].name, PartyKind.PERSON)
    return ActionContent(row["ref"], title, int(row["ref"].partition(".")[0]), ActionKind.STANDARD, (lead,), (step,))


def _reworked(action: ActionContent, kind: ChangeKind, milestone: str, text: str) -> ActionContent:
    if kind is ChangeKind.REWORDED:
        return replace(action, title=text)
    if kind is ChangeKind.LEAD:
        return replace(action, leads=((text, PartyKind.PERSON),))
    steps = list(action.milestones)
    place = int(milestone) - 1
    change = {"title": text} if kind is ChangeKind.MILESTONE_REWORDED else {"date": read_cell_date(text)}
    steps[place] = replace(steps[place], **change)
    return replace(action, milestones=tuple(steps))
