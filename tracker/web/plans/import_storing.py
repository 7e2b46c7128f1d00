"""How far the storing of an import is, noted while it goes on and told to the page that waits; it stores nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import jsonify
from flask.typing import ResponseReturnValue

from tracker.core.text import counted
from tracker.core.uploads.notes import Note
from tracker.people.policy import Permission
from tracker.plans.commands.importing import STEPS_AN_ACTION, steps_of
from tracker.plans.rules.reading import PlanReading
from tracker.plans.rules.tables import Progress
from tracker.web.access import requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.import_place import elsewhere, own, place_of

# Up to so many rows a plan is stored about as quickly as any page comes.
_QUICK = 300


@contextmanager
def storing(public_id: str, reading: PlanReading) -> Iterator[Progress]:
    """Give what is to be told how many steps of storing a plan are done; it is noted as long as the block goes on."""
    note, steps = _note_of(public_id), steps_of(reading)
    try:
        yield lambda done: note.write(done, steps)
    finally:
        note.remove()


def takes_long(reading: PlanReading) -> bool:
    """Say whether a plan has so many rows that somebody would wonder whether anything happens."""
    return sum(max(len(action.milestones), 1) for area in reading.areas for action in area.actions) > _QUICK


@bp.get("/plans/import/<public_id>/stored")
@requires(Permission.PLAN_IMPORT)
def import_stored(public_id: str) -> ResponseReturnValue:
    """Answer a script how far the storing is, where to go when the plan is in, and nothing while nothing goes on."""
    kept = own(public_id)
    if (other := elsewhere(kept)) is not None:
        return jsonify(onward=other.location)
    noted = _note_of(public_id).read()
    if noted is None:
        return jsonify({})
    done, steps = noted
    return jsonify(done=done, of=steps, words=_words(done, steps))


def _words(done: int, steps: int) -> str:
    if done >= steps:
        return "All actions are stored. The change log is being written"
    return f"Storing {counted(steps // STEPS_AN_ACTION, 'action')}: {100 * done // steps} per cent is done"


def _note_of(public_id: str) -> Note:
    return Note(place_of(public_id).folder / "storing")
