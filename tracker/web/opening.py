"""Opening what holds words of a case: the log's entry is stored before anything is read for a page."""

from tracker.core.changelog import acting, record_event
from tracker.extensions import db_session
from tracker.web.access import current_person


def note_opening(subject: object = None, **detail: str | int) -> None:
    """Write down who opens something, for good, before it is shown (security: reading of findings is logged).

    The detail holds numbers and names of kinds, never typed words. What was loaded before stays readable, and is read
    afresh when asked for again. A log that cannot be written raises `LogUnavailableError`, which answers 503.
    """
    session, person = db_session(), current_person()
    session.expunge_all()
    with acting(f"person:{person.id}"):
        record_event(session, "opened", subject=subject, detail=detail or None)
        session.commit()
