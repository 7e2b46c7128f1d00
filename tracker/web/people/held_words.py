"""Page: what somebody sent after their session had ended, to an address without a page of its own, to be sent again."""

from urllib.parse import urlencode

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from tracker.extensions import db_session
from tracker.people.commands.held_forms import held_anywhere
from tracker.web.access import current_person, may_send_to, signed_in
from tracker.web.held import HELD, words_in
from tracker.web.people.blueprint import bp


@bp.get("/my/held/<token>")
@signed_in("what is held is shown to its own writer alone, who may still send it")
def held_show(token: str) -> ResponseReturnValue:
    """Show what was written, and send it with one press to where it was meant to go."""
    found = held_anywhere(db_session(), token, current_person(), secret=str(current_app.secret_key))
    if found is None:
        return render_template("people/held_gone.html"), 404
    address, sent = found
    if not may_send_to(address):
        abort(403)
    asked = urlencode(list(request.args.items(multi=True)))
    return render_template(
        "people/held_show.html",
        typed=words_in(sent.fields),
        has_lost_files=bool(sent.files),
        address=f"{address}?{asked}" if asked else address,
        fields=[*sent.fields, (HELD, token)],
    )
