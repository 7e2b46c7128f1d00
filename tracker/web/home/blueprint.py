"""The page group of home pages, help and statements."""

from flask import Blueprint

bp = Blueprint("home", __name__)
