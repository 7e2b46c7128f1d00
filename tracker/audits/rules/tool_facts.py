"""What a section or a question of a tool is, named part by part in words; used to show one and to tell two apart."""

from collections.abc import Iterable, Mapping

from tracker.audits.rules.tool import Question, Section
from tracker.audits.rules.vocabulary import Category, Grade
from tracker.core.text import joined

NO_THEME = "None"


def category_words(categories: Iterable[Category]) -> str:
    """Say which files a question is asked of."""
    named = set(categories)
    return joined([one.words for one in Category if one in named]) if named else "Every file"


def question_facts(question: Question, themes: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a question by their names; `themes` are the names of themes by code."""
    return {
        "Words": question.text,
        "Answered by": question.kind.words,
        "Theme": _theme(question.theme, themes),
        "Looks at": question.nature.words,
        "Asked of": category_words(question.categories),
        "Has to be answered": "Yes" if question.is_required else "No",
    }


def section_facts(section: Section, themes: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a section by their names, its questions apart."""
    descriptors = {grade.words: section.descriptors.get(grade, "") for grade in Grade} if section.is_graded else {}
    return {
        "Title": section.title,
        "Asks": section.question,
        "Graded": "Yes" if section.is_graded else "No",
        "Theme": _theme(section.theme, themes) if section.is_graded else NO_THEME,
        "Looks at": section.nature.words,
        "What good looks like": " ".join(section.good) or "Not said",
        **descriptors,
    }


def place_of(section: Section, position: int) -> str:
    """Return the number by which a question is spoken of: the section's and its own."""
    return f"{section.number}.{position}"


def _theme(code: str | None, themes: Mapping[str, str]) -> str:
    return themes.get(code, code) if code else NO_THEME
