"""Every address says who may use it, or why it is public; whether the rule is right is tried elsewhere."""

from flask import Flask


def open_routes(app: Flask) -> list[str]:
    """Name each route whose view carries no access rule; the files of the framework's static route are public."""
    return [
        f"{rule.rule} ({rule.endpoint}): says neither who may use it nor why it is public"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not getattr(app.view_functions.get(rule.endpoint), "access_rule", None)
    ]
