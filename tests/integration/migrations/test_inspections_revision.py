"""The revision that gave inspections their kinds and items their nested points: no words are lost up or down."""

from datetime import date

from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.plans.commands.inspection_items import add_item
from tracker.plans.commands.inspections import InspectionFacts, record_inspection
from tracker.plans.models import Inspection, InspectionItem
from tracker.plans.rules.states import InspectionKind, ItemClass

BEFORE = "0012"


def words(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT item_class, words FROM inspection_item ORDER BY position"))
        return [(row.item_class, row.words) for row in rows]


def test_what_was_there_is_an_inspection_and_comes_down_again_with_all_its_words(bare_app: Flask) -> None:
    upgrade(bare_app)
    engine = engine_of(bare_app)
    with Session(engine) as session:
        facts = InspectionFacts("Inspection of 2025", published_on=date(2025, 10, 16))
        first = record_inspection(session, facts, by=0)
        visit = InspectionFacts("Visit", kind=InspectionKind.FOCUSED_VISIT, follows_id=first.id)
        record_inspection(session, visit, by=0)
        asked = ItemClass.PRIORITY_AND_IMMEDIATE_ACTION
        add_item(session, first, item_class=asked, words="See each child:", points=["alone", "at home"], by=0)
        add_item(session, first, item_class=ItemClass.STRENGTH, words="Kind staff", paragraph="40", by=0)
        session.commit()

    downgrade(bare_app, BEFORE)
    kept = [("priority_and_immediate_action", "See each child: alone at home"), ("strength", "Kind staff")]
    assert words(engine) == kept

    upgrade(bare_app)
    with Session(engine) as session:
        inspections = session.scalars(select(Inspection).order_by(Inspection.id)).all()
        assert [(one.title, one.kind, one.version, one.received_on) for one in inspections] == [
            ("Inspection of 2025", InspectionKind.INSPECTION, 1, None),
            ("Visit", InspectionKind.INSPECTION, 1, None),
        ]
        items = session.scalars(select(InspectionItem).order_by(InspectionItem.position)).all()
        assert [(one.points, one.paragraph, one.removed_on, one.version) for one in items] == [("", "", None, 1)] * 2
    assert words(engine) == kept
