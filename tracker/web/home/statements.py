"""Pages: help, the accessibility statement and privacy; they are open, as whoever cannot sign in needs them most."""

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.web.access import public
from tracker.web.home.blueprint import bp

_OPEN = "it holds no record, and whoever cannot sign in needs it most"


@bp.get("/help")
@public(_OPEN)
def help_index() -> ResponseReturnValue:
    """List what help there is."""
    return render_template("home/help_index.html")


@bp.get("/help/colours")
@public(_OPEN)
def help_colours() -> ResponseReturnValue:
    """Show every status with its colour, shape and meaning."""
    return render_template("home/help_colours.html")


@bp.get("/help/dates")
@public(_OPEN)
def help_dates() -> ResponseReturnValue:
    """Say how dates may be written and how they are read."""
    return render_template("home/help_dates.html")


@bp.get("/help/answers")
@public(_OPEN)
def help_answers() -> ResponseReturnValue:
    """Say in which ways a question of an audit can be without an answer, and how each counts."""
    return render_template("home/help_answers.html")


@bp.get("/help/keys")
@public(_OPEN)
def help_keys() -> ResponseReturnValue:
    """List the keys."""
    return render_template("home/help_keys.html")


@bp.get("/help/verdicts")
@public(_OPEN)
def help_verdicts() -> ResponseReturnValue:
    """Say what each verdict on impact means."""
    return render_template("home/help_verdicts.html")


@bp.get("/accessibility")
@public(_OPEN)
def accessibility() -> ResponseReturnValue:
    """Say how accessible the pages are, and whom to tell of a fault."""
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@public(_OPEN)
def privacy() -> ResponseReturnValue:
    """Say what is stored of whoever uses the service."""
    return render_template("home/privacy.html")
