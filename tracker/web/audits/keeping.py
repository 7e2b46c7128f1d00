"""Keeping the rest of a draft of which something was refused: one field that is wrong costs no words of another."""

from wtforms import Field

from tracker.web.forms import DayField, Form


def fall_back(form: Form, stored: Form, *, all_days: bool = False) -> bool:
    """Take back what was refused, so that the rest can be kept; False when the form is refused as a whole.

    Text that is too long keeps its beginning, any other field what is `stored` of it. With `all_days` every day falls
    back: they were refused for their order, which the one refused alone did not mend.
    """
    refused = [field for field in form if field.errors]
    if form.is_stale or form.is_unavailable or form.form_errors or not refused or form.csrf_token in refused:
        return False
    days = [field for field in form if isinstance(field, DayField)] if all_days else []
    for field in (*refused, *days):
        _take_back(field, stored[field.name])
    return True


def _take_back(field: Field, stored: Field) -> None:
    most = field.flags.maxlength_hint
    if most and len(field.data or "") > most:
        field.data = field.data[:most]
    elif isinstance(field, DayField):
        field.process_data(stored.day if isinstance(stored, DayField) else None)
    else:
        field.data = stored.data
    field.errors = []
