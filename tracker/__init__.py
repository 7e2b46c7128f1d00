"""Improvement Tracker: the application's table of contents; parts are built in their own rooms.

Nothing is imported before the application is built: small programs of the package, such as the one that looks at a file
that arrived, start without it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from tracker.config import Settings

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Build the application from its settings, those of the environment when none are given."""
    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    from tracker import cli, extensions
    from tracker.config import read_settings
    from tracker.core import changelog
    from tracker.web import errors, former, held, security, sessions, site, templating

    settings = settings or read_settings()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), instance_path=str(settings.instance))
    app.config.update(SETTINGS=settings, SECRET_KEY=settings.secret_key)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": True}
    security.init_app(app, is_production=settings.is_production)
    extensions.db.init_app(app)
    extensions.migrate.init_app(app, extensions.db, directory=str(ROOT / "migrations"))
    extensions.csrf.init_app(app)
    changelog.configure(settings.log_key)
    sessions.init_app(app)
    held.init_app(app)
    former.init_app(app)
    templating.init_app(app)
    errors.init_app(app)
    site.init_app(app)
    cli.init_app(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]  # Flask's own way
    return app
