"""Extensions shared by the ways in: the database session, sign-in, the anti-forgery guard, the store of files."""

from urllib.parse import urlsplit

from flask import current_app
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import Session

from tracker.config import MailSettings, Settings
from tracker.core.database import Base
from tracker.core.files import FileStore, open_store
from tracker.notices.exports.mails import Desk
from tracker.people.models import Organisation

# What was loaded stays readable after the commit: pages show it, and no relationship loads on its own.
db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False})
migrate = Migrate(directory="migrations", render_as_batch=True, compare_type=True)
login = LoginManager()
csrf = CSRFProtect()


def db_session() -> Session:
    """Return the session of this request or command, which ends with it."""
    session: Session = db.session()
    return session


def file_store() -> FileStore:
    """Return where files are kept: the bucket of the settings, or the folder `files` of the instance."""
    if "file_store" not in current_app.extensions:
        settings: Settings = current_app.config["SETTINGS"]
        current_app.extensions["file_store"] = open_store(settings.files_url, settings.instance / "files")
    store: FileStore = current_app.extensions["file_store"]
    return store


def mail_desk(organisation: Organisation | None) -> Desk:
    """Return what mails are written with; links in them begin with the setting of the service's own address alone."""
    mail: MailSettings = current_app.config["SETTINGS"].mail
    base = urlsplit(mail.base_url or "http://localhost:5000")
    addresses = current_app.url_map.bind(base.netloc, script_name=f"{base.path}/", url_scheme=base.scheme)
    templates = current_app.jinja_env
    return Desk(
        render=lambda name, **facts: templates.get_template(name).render(facts),
        address=lambda endpoint, values: addresses.build(endpoint, values, force_external=True),
        organisation=organisation.name if organisation is not None else "",
        is_bare=mail.is_bare or bool(organisation and organisation.mails_are_bare),
    )
