"""The page group of home pages, help, statements and the search."""

from flask import Blueprint

bp = Blueprint("home", __name__)
