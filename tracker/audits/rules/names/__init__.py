"""Finding what could tell who a child is: refused in a case reference, warned of in free text (domain A13)."""

from tracker.audits.rules.names.free_text import Identifier, IdentifierKind, identifiers_in, longest, title_tells
from tracker.audits.rules.names.reference import reference_fault, somebody_in

__all__ = ["Identifier", "IdentifierKind", "identifiers_in", "longest", "reference_fault", "somebody_in", "title_tells"]
