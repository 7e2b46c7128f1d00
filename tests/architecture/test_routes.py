"""Every route says who may use it."""

from flask import Flask

from tests.architecture.guards.routes import open_routes


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    assert len(list(app.url_map.iter_rules())) > 1
    assert open_routes(app) == []


def test_a_route_without_a_rule_is_noticed() -> None:
    app = Flask("small")

    def ruled() -> str:
        return ""

    def bare() -> str:
        return ""

    vars(ruled)["access_rule"] = "public"
    app.add_url_rule("/ruled", view_func=ruled)
    app.add_url_rule("/bare", view_func=bare)
    assert open_routes(app) == ["/bare (bare): says neither who may use it nor why it is public"]
