"""The page group of themes; its views register themselves on it."""

from flask import Blueprint

bp = Blueprint("themes", __name__)
