"""The list of page groups; which pages a group has is its own."""

from importlib import import_module

from flask import Flask

PAGE_GROUPS = ("home", "people", "plans", "audits", "themes", "settings")


def init_app(app: Flask) -> None:
    """Register every page group."""
    for name in PAGE_GROUPS:
        app.register_blueprint(import_module(f"tracker.web.{name}").bp)
