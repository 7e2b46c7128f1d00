"""Changes how a person wants to be told; the form is the pages'."""

from sqlalchemy.orm import Session

from tracker.core.problems import Conflict
from tracker.notices.models import NoticeSetting
from tracker.notices.queries.outbox import setting_of
from tracker.notices.rules.vocabulary import Frequency
from tracker.people.models import Person


def set_notices(
    session: Session, person: Person, *, frequency: Frequency, is_bare: bool, version: int
) -> NoticeSetting:
    """Keep how somebody wants to be told; version 0 stands for never said. Raises `Conflict` for an older form."""
    setting = setting_of(session, person)
    if (setting.version if setting is not None else 0) != version:
        raise Conflict(None, "You changed this in another window. What is stored now is shown.")
    if setting is None:
        setting = NoticeSetting(person_id=person.id, created_by=person.id)
        session.add(setting)
    setting.frequency, setting.is_bare, setting.changed_by = frequency, is_bare, person.id
    session.flush()
    return setting
