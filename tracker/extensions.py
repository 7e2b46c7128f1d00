"""Extensions shared by the ways in: the database session, sign-in and the anti-forgery guard."""

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import Session

from tracker.core.database import Base

# What was loaded stays readable after the commit: pages show it, and no relationship loads on its own.
db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False})
migrate = Migrate(directory="migrations", render_as_batch=True, compare_type=True)
login = LoginManager()
csrf = CSRFProtect()


def db_session() -> Session:
    """Return the session of this request or command, which ends with it."""
    session: Session = db.session()
    return session
