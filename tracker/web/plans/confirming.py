"""Page: the one button by which a lead says that nothing changed; links in mails open it and press nothing."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.models import Action
from tracker.plans.queries.action import action_at
from tracker.web.access import current_person, requires
from tracker.web.plans.action import may_update, new_form
from tracker.web.plans.action_page import load_page
from tracker.web.plans.blueprint import bp
from tracker.web.plans.update_rows import no_change_words, update_panel
from tracker.web.templating import day


@bp.get("/plans/<slug>/<action_number:ref>/no-change")
@requires(Permission.ACTION_UPDATE, about=action_at)
def no_change_ask(action: Action) -> ResponseReturnValue:
    """Show the button, with what was said last; what may not be repeated leads to the form of an update."""
    slug, ref = action.plan.slug, action.ref
    if not may_update(action):
        return redirect(url_for("plans.action_show", slug=slug, ref=ref))
    page = load_page(db_session(), action, current_person())
    panel = update_panel(page, new_form(page))
    if not panel.no_change or page.last is None:
        return redirect(url_for("plans.action_update", slug=slug, ref=ref))
    return render_template(
        "plans/no_change_ask.html",
        title=f"{ref} {action.title}",
        crumbs=[(action.plan.title, url_for("plans.plan_show", slug=slug)), (ref, None)],
        code=page.standing.rag.value if page.standing.rag is not None else page.last.code,
        panel=panel,
        button=no_change_words(page.standing.rag),
        said=f"Last update, {day(page.last.day)}",
        words=[words for words in page.last.words if words],
        update_url=url_for("plans.action_update", slug=slug, ref=ref),
        ref=ref,
    )
