"""Pages: the units of the authority and its partners."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import StringField

from tracker.extensions import db_session
from tracker.people import commands, queries
from tracker.people.models import Unit
from tracker.people.policy import Permission
from tracker.people.rules import UnitKind
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, DayField, Form, FromList, NotBlank, RecordField, answered, choices_of
from tracker.web.saving import done, saving
from tracker.web.settings.blueprint import bp


@dataclass(frozen=True)
class UnitRow:
    """A unit as the list shows it; `path` names the units above it."""

    name: str
    kind: str
    path: str
    period: str


class UnitForm(Form):
    """A new unit."""

    name = StringField("Name of the unit", [NotBlank("Enter the unit's name"), AtMost(120, "Name of the unit")])
    kind = FromList("Kind", choices=choices_of(UnitKind))
    parent = RecordField("Belongs to")
    starts_on = DayField("First day")
    ends_on = DayField("Last day")


@bp.route("/units", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def unit_index() -> ResponseReturnValue:
    """List the units, and add one."""
    units = queries.units(db_session())
    form = UnitForm()
    form.parent.offer(units, none="Nothing: it stands at the top")
    if form.validate_on_submit():
        with saving(form) as session:
            unit = commands.make_unit(
                session,
                name=answered(form.name.data),
                kind=UnitKind(answered(form.kind.data)),
                parent=form.parent.chosen(units),
                starts_on=form.starts_on.day,
                ends_on=form.ends_on.day,
                by=current_person(),
            )
            return done(f"Unit added: {unit.name}", to="settings.unit_index")
    rows = _rows(queries.units(db_session()))
    return render_template("settings/unit_index.html", units=rows, form=form), form.status


def _rows(units: list[Unit]) -> list[UnitRow]:
    """Order units as a tree: each below the one that it belongs to."""
    names = {unit.id: unit for unit in units}
    paths = {unit.id: _path(unit, names) for unit in units}
    ordered = sorted(units, key=lambda unit: [*paths[unit.id], unit.name])
    return [UnitRow(unit.name, unit.kind.words, " › ".join(paths[unit.id]), _period(unit)) for unit in ordered]


def _path(unit: Unit, units: dict[int, Unit]) -> list[str]:
    """Name the units above one, the top first; a ring, which no command makes, would end the walk."""
    path: list[str] = []
    above = units.get(unit.parent_id) if unit.parent_id else None
    while above is not None and above.name not in path:
        path.insert(0, above.name)
        above = units.get(above.parent_id) if above.parent_id else None
    return path


def _period(unit: Unit) -> str:
    since = f"from {unit.starts_on:%-d %b %Y}" if unit.starts_on else ""
    until = f"until {unit.ends_on:%-d %b %Y}" if unit.ends_on else ""
    return " ".join(part for part in (since, until) if part)
