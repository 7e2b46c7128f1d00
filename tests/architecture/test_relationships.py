"""No row is loaded behind a page's back."""

from pathlib import Path

import pytest

from tests.architecture.guards.relationships import lazy_relationships
from tests.architecture.guards.sources import REPOSITORY


def test_every_relationship_refuses_to_load_on_its_own() -> None:
    assert lazy_relationships(REPOSITORY) == []


@pytest.mark.parametrize(
    ("line", "complains"),
    [
        ('area: Mapped[Area] = relationship(lazy="raise_on_sql")', False),
        ('updates: Mapped[list[Update]] = relationship(lazy="write_only")', False),
        ("area: Mapped[Area] = relationship()", True),
        ('area: Mapped[Area] = orm.relationship(lazy="selectin")', True),
        ('area: Mapped[Area] = relationship(backref=backref("actions"), lazy="raise_on_sql")', True),
    ],
)
def test_a_relationship_that_may_load_on_its_own_is_noticed(tmp_path: Path, line: str, complains: bool) -> None:
    models = tmp_path / "tracker/plans/models.py"
    models.parent.mkdir(parents=True)
    models.write_text(line + "\n")
    assert bool(lazy_relationships(tmp_path)) == complains
