"""The page group of searching and jumping."""

from flask import Blueprint

bp = Blueprint("search", __name__)
