"""Sending what people take away as a file: noted in the change log before it leaves; what is in it is the page's."""

from typing import Literal

from flask import Response

from tracker.core import clock
from tracker.core.changelog import acting, record_event
from tracker.core.uploads.kinds import Kind
from tracker.extensions import db_session
from tracker.web.access import current_person

_MEDIA_TYPES = {"csv": "text/csv", "xlsx": Kind.EXCEL.media_type, "json": "application/json"}


def file_answer(
    subject: object,
    data: bytes,
    *,
    name: str,
    end: Literal["csv", "xlsx", "json"],
    rows: int,
    listed: str | None = None,
) -> Response:
    """Answer with a file of so many rows, named with today's day, once the log holds that it left and for whom.

    `listed` says in the log which list of the subject it was, where there are several.
    """
    detail = {"rows": rows} if listed is None else {"list": listed, "rows": rows}
    with acting(f"person:{current_person().id}"):
        record_event(db_session(), "exported", subject=subject, detail=detail)
        db_session().commit()
    answer = Response(data, mimetype=_MEDIA_TYPES[end])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today()}.{end}"'
    return answer
