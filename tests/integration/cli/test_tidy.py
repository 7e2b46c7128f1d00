"""The command that throws unsaved words away: those past their time go whoever wrote them, and nothing else does."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action, an_update
from tracker.core import clock
from tracker.people.commands.held_forms import SentForm, hold_form
from tracker.people.models import HeldForm, Person
from tracker.plans.commands.drafts import keep_draft
from tracker.plans.commands.workbooks import keep_workbook
from tracker.plans.models import Action, FilledWorkbook, Update, UpdateDraft
from tracker.plans.rules.workbook import Filled

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def a_draft(session: Session, action: Action, by: Person, before: timedelta) -> None:
    with clock.at(A_THURSDAY - before):
        keep_draft(session, action, typed={"happened": ["x"]}, after=0, written_from="t", version=0, by=by)


def a_workbook(session: Session, by: Person, before: timedelta) -> None:
    with clock.at(A_THURSDAY - before):
        keep_workbook(session, Filled(), file_name="updates.xlsx", by=by)


def a_held_form(session: Session, by: Person, before: timedelta) -> None:
    with clock.at(A_THURSDAY - before):
        sent = SentForm((("happened", "x y"),))
        hold_form(session, by.id, sent, address="/plans/plan/1.1", network="10.0.0.1", secret="s" * 40)


@pytest.mark.both_databases
def test_what_is_past_its_time_goes_and_the_rest_stays(app: Flask, session: Session) -> None:
    ann, ben = a_person(session, name="Ann Able"), a_person(session, name="Ben Best")
    plan = a_plan(session)
    action, other = an_action(session, plan, lead=ann), an_action(session, plan, lead=ann)
    an_update(session, action, by=ann)
    a_draft(session, action, ann, 30 * DAY + MINUTE)
    a_draft(session, other, ann, 30 * DAY - MINUTE)
    for before in (HOUR + MINUTE, HOUR - MINUTE):
        a_workbook(session, ben, before)
        a_held_form(session, ben, before)
    session.commit()
    runner = app.test_cli_runner()
    said = runner.invoke(args=["tidy"])
    told = "Thrown away: {} {}, {} {}, {} {}, 0 later versions, 0 case lists, 0 unfinished imports.\n"
    assert (said.exit_code, said.output) == (0, told.format(1, "draft", 1, "workbook", 1, "held form"))
    session.expire_all()
    assert session.scalars(select(UpdateDraft.action_id)).all() == [other.id]
    for kind, at in ((FilledWorkbook, FilledWorkbook.kept_at), (HeldForm, HeldForm.held_at)):
        assert session.scalars(select(at).select_from(kind)).all() == [A_THURSDAY - HOUR + MINUTE]
    assert len(session.scalars(select(Update.id)).all()) == 1
    session.commit()
    assert runner.invoke(args=["tidy"]).output == told.format(0, "drafts", 0, "workbooks", 0, "held forms")
