"""The page group of audits; its views register themselves on it."""

from flask import Blueprint

bp = Blueprint("audits", __name__)
