"""The table of the one organisation that a database serves."""

from sqlalchemy import String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.database import Base, Recorded
from tracker.people.rules import AUDIT_YEARS, UPDATES_OPEN


class Organisation(Recorded, Base):
    """The one organisation that this database serves."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(String(120))
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    urgent_contact: Mapped[str] = mapped_column(Text, default="")
    # The colour of the header, as #rrggbb; empty for the service's own.
    colour: Mapped[str] = mapped_column(String(7), default="", server_default="")
    # So many working days before an assurance meeting updates for it open (domain A3).
    updates_open_days: Mapped[int] = mapped_column(default=UPDATES_OPEN, server_default=str(UPDATES_OPEN))
    # Mails with numbers and links only, and no words of a plan.
    mails_are_bare: Mapped[bool] = mapped_column(default=False, server_default=false())
    # So many years after an audit is final its words and its reference go (domain A13).
    audit_years: Mapped[int] = mapped_column(default=AUDIT_YEARS, server_default=str(AUDIT_YEARS))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
