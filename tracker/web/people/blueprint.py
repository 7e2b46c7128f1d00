"""The page group of one's own account: signing in and out, and one's own settings."""

from flask import Blueprint

bp = Blueprint("people", __name__)
