"""The page group of the settings: people and roles, units, bodies, leads named in plans, the organisation."""

from flask import Blueprint

bp = Blueprint("settings", __name__, url_prefix="/settings")
