"""From a file to the later version of a plan in it; comparing it and taking it in are commands."""

import hashlib
import json
from dataclasses import replace

from tracker.plans.commands.reimport import LaterVersion
from tracker.plans.imports.plan_file import KeyNeeded, PlanFile, read_plan_file
from tracker.plans.models import Plan
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.reimport.contents import content_of


def read_later_version(file: PlanFile, plan: Plan) -> LaterVersion:
    """Return the plan in a file, in any of the forms that the readers know, as a later version of one that is here.

    Its column of colours is not asked about: what leads say of their work is written here by now. Raises `Invalid` as
    the reading of a new plan does.
    """
    try:
        found = read_plan_file(file, approved_on=plan.approved_on)
    except KeyNeeded as needed:
        nothing = json.dumps(dict.fromkeys(needed.words, Rag.NOT_SCHEDULED.value))
        found = read_plan_file(replace(file, key=nothing), approved_on=plan.approved_on)
    return LaterVersion(
        file_name=file.name,
        sha256=hashlib.sha256(file.raw).hexdigest(),
        text=found.text,
        content=content_of(found.reading),
    )
