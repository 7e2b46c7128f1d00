"""The form of section 1: what was read and judged, the days of the file, and the part of the child and the family."""

from sqlalchemy.orm import Session
from wtforms import RadioField

from tracker.audits import commands
from tracker.audits.commands import AboutFile
from tracker.audits.models import Audit, AuditSection
from tracker.audits.rules import limits
from tracker.audits.rules.file_days import FileDays
from tracker.audits.rules.taking_part import FamilyPart
from tracker.people.models import Person
from tracker.web.audits.section_base import SectionForm
from tracker.web.forms import AtMost, DayField, TextAreaField, choices_of, one_of

_READ = ("read_from", "judged_from", "read_until", "audited_on")
_DAYS = ("referred_on", "seen_on", "assessed_on", "supervised_on")


class AboutForm(SectionForm):
    """Section 1: what was read, and when; what happened when; and whether the family had a say."""

    read_from = DayField("First day of the file that you read", needs_year=True)
    judged_from = DayField("First day of the part that you judge", needs_year=True)
    read_until = DayField("Last day of the file that you read", needs_year=True)
    audited_on = DayField("Day of the audit", needs_year=True)
    referred_on = DayField("Referral came", needs_year=True)
    seen_on = DayField("Child first seen", needs_year=True)
    assessed_on = DayField("Assessment finished", needs_year=True)
    supervised_on = DayField("Last supervision on file", needs_year=True)
    family_part = RadioField(
        "Did the child and the family tell you what they think?",
        [one_of("", *FamilyPart, message="Choose one of these")],
        choices=choices_of(FamilyPart),
        validate_choice=False,
    )
    family_note = TextAreaField(
        "What they said, or why they did not take part",
        validators=[AtMost(limits.FAMILY_LENGTH, "What they said")],
    )

    def show(self, audit: Audit, number: int) -> None:
        """Put in what is stored of the file."""
        super().show(audit, number)
        for name in (*_READ, *_DAYS):
            self[name].process_data(getattr(audit, name))
        self.family_part.data = audit.family_part.value if audit.family_part else None
        self.family_note.data = audit.family_note

    def save(self, session: Session, audit: Audit, number: int, by: Person) -> AuditSection:
        """Keep the days and the family's part."""
        about = AboutFile(
            judged_from=self.judged_from.day,
            days=FileDays(**{name: self[name].day for name in _DAYS}),
            family=FamilyPart(self.family_part.data) if self.family_part.data else None,
            family_note=self.family_note.data or "",
        )
        return commands.save_facts(
            session,
            audit,
            read_from=self.read_from.day,
            read_until=self.read_until.day,
            audited_on=self.audited_on.day,
            about=about,
            version=self.version.number,
            by=by,
        )
