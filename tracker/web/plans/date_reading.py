"""How a typed date is read, told to the script that echoes it under the box; saving a date is not here."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.plans.rules.dates import DateProblem, read_target_date
from tracker.web.access import signed_in
from tracker.web.forms import trimmed
from tracker.web.plans.blueprint import bp


@bp.get("/dates/read")
@signed_in("it tells how a text is read and shows nothing that is stored")
def date_read() -> ResponseReturnValue:
    """Answer with the sentence of how a text was read, or of what is wrong with it."""
    try:
        found = read_target_date(trimmed(request.args.get("text")), today=clock.today())
    except DateProblem as problem:
        return jsonify(problem=str(problem))
    return jsonify(sentence=found.sentence())
