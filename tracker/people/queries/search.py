"""Who can be searched for, and by whom; how searching works is core's."""

from sqlalchemy import select

from tracker.core.search import Index, Looking, Rows, Source, columns
from tracker.people.models import Person
from tracker.people.policy import Permission, visible

PERSON_WORDS = Index(Person, ("name", "post", "email"))


def _people(person: Person, looking: Looking) -> Rows:
    shown = columns(title=Person.name, words=Person.post, context=Person.email, number=Person.id)
    query = select(*shown).where(looking.finds(PERSON_WORDS), visible(person, Permission.PERSON_MANAGE, Person))
    return Rows(query, (looking.rank(PERSON_WORDS), Person.name, Person.id))


SOURCES = (Source("person", "People", _people),)
