"""Pages of the programme office: editing a plan's areas and what they want; actions are edited beside."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.text import shortened
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.commands.editing import add_area, add_text, change_area, change_text, remove_text
from tracker.plans.commands.editing.wordings import LONGEST_WORDS
from tracker.plans.models import Area, Plan
from tracker.plans.queries.editing import area_around, text_of, wanted_of, wordings_of_area
from tracker.plans.queries.numbers import numbered_areas, titles_of
from tracker.plans.queries.plan import area_by_number, plan_by_slug
from tracker.plans.rules.plan_life import status_words
from tracker.plans.rules.wordings import Wording
from tracker.web.access import current_person, requires
from tracker.web.forms import AtMost, Form, NotBlank, TextAreaField, VersionField, trimmed
from tracker.web.plans.blueprint import bp
from tracker.web.plans.editing_rows import former_lines
from tracker.web.saving import done, saving


class AreaForm(Form):
    """Asks for the title of an area."""

    title = TextAreaField("Title", [NotBlank("Enter the title of the area"), AtMost(LONGEST_WORDS, "The title")])
    version = VersionField()


class TextForm(Form):
    """Asks for the words of something that an area wants."""

    text = TextAreaField("Words", [NotBlank("Enter the words"), AtMost(LONGEST_WORDS, "The words")])
    version = VersionField()


@bp.get("/plans/<slug>/edit")
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def plan_edit(plan: Plan) -> ResponseReturnValue:
    """Show what of a plan can be edited, area by area."""
    areas, (titles, _) = numbered_areas(db_session(), plan), titles_of(db_session(), plan)
    rows = [
        (
            area.number,
            titles[area.id],
            len(area.actions),
            url_for("plans.area_change", slug=plan.slug, number=area.number),
        )
        for area in areas
    ]
    status = plan.status.on(clock.today(), approved_on=plan.approved_on)
    return render_template("plans/plan_edit.html", plan=plan, rows=rows, status=status_words(status))


@bp.route("/plans/<slug>/areas/new", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=plan_by_slug)
def area_add(plan: Plan) -> ResponseReturnValue:
    """Add an area to a plan."""
    form, slug, title = AreaForm(data={"version": plan.version}), plan.slug, plan.title
    if form.validate_on_submit():
        with saving(form) as session:
            words = trimmed(form.title.data)
            area = add_area(session, plan, title=words, by=current_person(), version=form.version.number)
            said = f"Area {area.number} added"
            if request.form.get("another"):
                return done(said, to="plans.area_add", slug=slug)
            return done(said, to="plans.area_change", slug=slug, number=area.number)
    page = render_template("plans/area_add.html", form=form, slug=slug, plan_title=title)
    return page, form.status


@bp.route("/plans/<slug>/areas/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=area_by_number)
def area_change(area: Area) -> ResponseReturnValue:
    """Change the title of an area, and lead on to everything else in it that can be edited."""
    form = AreaForm(data={"title": area.title, "version": area.version})
    plan, slug, number, area_id, now = area.plan, area.plan.slug, area.number, area.id, area.title
    if form.validate_on_submit():
        with saving(form) as session:
            words = trimmed(form.title.data)
            change_area(session, area, title=words, by=current_person(), version=form.version.number)
            return done(f"Area {number} saved", to="plans.area_change", slug=slug, number=number)
    session = db_session()
    found = next((one for one in numbered_areas(session, plan) if one.id == area_id), None)
    names = titles_of(session, plan)[1]
    page = render_template(
        "plans/area_change.html",
        form=form,
        slug=slug,
        plan_title=plan.title,
        number=number,
        now=now,
        lists=wanted_of(session, area_id),
        actions=[(one.number, names[one.id]) for one in (found.actions if found else ())],
        former=former_lines(wordings_of_area(session, area_id)),
    )
    return page, form.status


@bp.route("/plans/<slug>/areas/<int:number>/<any(objective,outcome,measure):kind>/new", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=area_around)
def text_add(area: Area) -> ResponseReturnValue:
    """Add an objective, an outcome or a measure to an area."""
    kind = Wording((request.view_args or {})["kind"])
    form, slug, number, title = TextForm(data={"version": area.version}), area.plan.slug, area.number, area.title
    if form.validate_on_submit():
        with saving(form) as session:
            words = trimmed(form.text.data)
            add_text(session, area, kind=kind, text=words, by=current_person(), version=form.version.number)
            said = f"{kind.words.capitalize()} added"
            if request.form.get("another"):
                return done(said, to="plans.text_add", slug=slug, number=number, kind=kind.value)
            return done(said, to="plans.area_change", slug=slug, number=number)
    page = render_template(
        "plans/text_add.html", form=form, slug=slug, number=number, area_title=title, kind=kind.words
    )
    return page, form.status


@bp.route(
    "/plans/<slug>/areas/<int:number>/<any(objective,outcome,measure):kind>/<int(max=2147483647):text_id>",
    methods=["GET", "POST"],
)
@requires(Permission.PLAN_EDIT, about=area_around)
def text_change(area: Area) -> ResponseReturnValue:
    """Change the words of an objective, an outcome or a measure, or take it out."""
    asked = request.view_args or {}
    kind, wanted = Wording(asked["kind"]), text_of(db_session(), area.id, Wording(asked["kind"]), asked["text_id"])
    if wanted is None:
        abort(404)
    form, slug, number = TextForm(data={"text": wanted.text, "version": area.version}), area.plan.slug, area.number
    title, now = area.title, wanted.text
    if request.method == "POST" and request.form.get("answer") == "remove":
        with saving(form) as session:
            remove_text(session, area, wanted, by=current_person(), version=form.version.number)
            return done(f"Taken out: {shortened(now, 60)}", to="plans.area_change", slug=slug, number=number)
    elif form.validate_on_submit():
        with saving(form) as session:
            words = trimmed(form.text.data)
            change_text(session, area, wanted, text=words, by=current_person(), version=form.version.number)
            return done(f"{kind.words.capitalize()} saved", to="plans.area_change", slug=slug, number=number)
    page = render_template(
        "plans/text_change.html", form=form, slug=slug, number=number, area_title=title, kind=kind.words, now=now
    )
    return page, form.status
