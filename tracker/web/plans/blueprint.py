"""The blueprint of the pages of plans, and how an action's number stands in an address; the pages are beside it."""

from flask import Blueprint
from werkzeug.routing import BaseConverter


class ActionNumber(BaseConverter):
    """The number of an action as plans print it: 1.3, 12, A4, 2.1b; never a word such as "areas"."""

    regex = r"[A-Za-z]{0,3}[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}[a-z]?(?:-[0-9]{1,4})?"


bp = Blueprint("plans", __name__)
bp.record_once(lambda state: state.app.url_map.converters.update(action_number=ActionNumber))
