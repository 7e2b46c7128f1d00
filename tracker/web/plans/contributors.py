"""Who answers for an action and who helps with it: all their people may write its updates."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from tracker.extensions import db_session
from tracker.people import queries as people_queries
from tracker.people.policy import Permission
from tracker.plans.commands.leads import add_contributor, remove_contributor, replace_lead
from tracker.plans.models import Action, ActionLead
from tracker.plans.queries.action import action_at
from tracker.web.access import current_person, requires
from tracker.web.forms import Form, RecordField, VersionField
from tracker.web.plans.blueprint import bp
from tracker.web.saving import done, saving


class HelperForm(Form):
    """A lead who is to help."""

    party = RecordField("Who helps")


class LeadForm(Form):
    """A lead who is to be accountable in the place of the one before."""

    accountable = RecordField("Who is accountable from now on?")
    stays = BooleanField("The one before stays and helps")
    version = VersionField()


@bp.route("/plans/<slug>/<action_number:ref>/contributors", methods=["GET", "POST"])
@requires(Permission.PLAN_EDIT, about=action_at)
def action_contributors(action: Action) -> ResponseReturnValue:
    """Show who helps with an action, and add somebody."""
    form = HelperForm()
    parties = people_queries.lead_parties(db_session())
    form.party.offer(parties, none="Choose a lead")
    if form.validate_on_submit() and (party := form.party.chosen(parties)):
        with saving(form) as session:
            add_contributor(session, action, party, by=current_person())
            title = f"{party.name} now helps with {action.ref}"
            return done(title, to="plans.action_contributors", slug=action.plan.slug, ref=action.ref)
    elif form.is_submitted() and not form.problems:
        form.party.errors = ["Choose a lead from the list"]
    return _page(action, form)


@bp.post("/plans/<slug>/<action_number:ref>/contributors/<int:party_id>/end")
@requires(Permission.PLAN_EDIT, about=action_at)
def action_contributor_end(action: Action) -> ResponseReturnValue:
    """End somebody's help."""
    form = Form()
    if form.validate_on_submit():
        with saving(form) as session:
            name = remove_contributor(session, action, _asked(), by=current_person())
            title = f"{name} no longer helps with {action.ref}"
            return done(title, to="plans.action_contributors", slug=action.plan.slug, ref=action.ref)
    return _page(action, form)


def _asked() -> int:
    return int((request.view_args or {})["party_id"])


@bp.post("/plans/<slug>/<action_number:ref>/contributors/lead")
@requires(Permission.PLAN_EDIT, about=action_at)
def action_lead_replace(action: Action) -> ResponseReturnValue:
    """Make another lead the accountable one."""
    form = LeadForm()
    parties = people_queries.lead_parties(db_session())
    form.accountable.offer(parties, none="Choose a lead")
    if form.validate_on_submit() and (party := form.accountable.chosen(parties)):
        with saving(form) as session:
            stays = bool(form.stays.data)
            replace_lead(session, action, party, stays=stays, by=current_person(), version=form.version.number)
            title = f"{party.name} is now accountable for {action.ref}"
            return done(title, to="plans.action_contributors", slug=action.plan.slug, ref=action.ref)
    elif form.is_submitted() and not form.problems:
        form.accountable.errors = ["Choose a lead from the list"]
    return _page(action, form)


def _page(action: Action, form: Form) -> ResponseReturnValue:
    stored = action_at(db_session(), action.plan.slug, action.ref)
    if stored is None:
        abort(404)
    parties = people_queries.lead_parties(db_session())
    new = form if isinstance(form, HelperForm) else HelperForm(formdata=None)
    lead = form if isinstance(form, LeadForm) else LeadForm(formdata=None)
    new.party.offer(parties, none="Choose a lead")
    lead.accountable.offer(parties, none="Choose a lead")
    lead.version.data = str(stored.version)
    return render_template(
        "plans/action_contributors.html",
        action=stored,
        leads=[_row(stored, one) for one in stored.leads],
        form=form,
        new=new,
        lead_form=lead,
    ), form.status


def _row(action: Action, lead: ActionLead) -> dict[str, str | None]:
    is_first = lead is action.leads[0]
    address = url_for("plans.action_contributor_end", slug=action.plan.slug, ref=action.ref, party_id=lead.party_id)
    return {
        "name": lead.party.name,
        "part": "Accountable" if is_first else "Helps",
        "end_url": None if is_first else address,
    }
