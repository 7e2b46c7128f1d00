"""Handing a tool on as a file and bringing one in; what may stand in the file is the audits' rule."""

import json

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from wtforms import FileField, ValidationError

from tracker.audits import commands, queries
from tracker.audits.models import AuditTool
from tracker.audits.rules.tool_document import LARGEST_DOCUMENT, document_of
from tracker.core.problems import Invalid
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.tool_rows import whole_tool
from tracker.web.forms import Form
from tracker.web.saving import done, saving
from tracker.web.security import takes_files
from tracker.web.sending import file_answer


class ToolFileForm(Form):
    """Asks for a tool as a file."""

    file = FileField("The file of the tool")

    def validate_file(self, field: FileField) -> None:
        """Ask for a file; what is in it is the command's to judge."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError("Choose the file")


@bp.get("/audits/tools/<slug>/<int:edition>/tool.json")
@requires(Permission.TOOL_MANAGE, about=queries.tool_version)
def tool_file(stored: AuditTool) -> Response:
    """Send a version as a file that another service can take in: what it asks, without any answer."""
    document = document_of(whole_tool(stored))
    data = json.dumps(document, indent=2, ensure_ascii=False).encode()
    name = f"tool-{stored.slug}-{stored.number}"
    return file_answer(stored, data, name=name, end="json", rows=len(document["sections"]))


@bp.route("/audits/tools/import", methods=["GET", "POST"])
@requires(Permission.TOOL_MANAGE)
@takes_files(1)
def tool_import() -> ResponseReturnValue:
    """Bring a tool in from a file, as a draft."""
    form = ToolFileForm()
    if form.validate_on_submit():
        with saving(form) as session:
            try:
                content = form.file.data.read(LARGEST_DOCUMENT + 1)
                made = commands.tool_from_file(session, content, by=current_person())
            except Invalid as wrong:
                raise Invalid(wrong.field or "file", wrong.message) from wrong
            return done(f"Draft made: {made.title}", to="audits.tool_show", slug=made.slug, edition=made.number)
    return render_template("audits/tool_import.html", heading="Bring in a tool from a file", form=form), form.status
