"""How a lead stands on a page: by name, or by post for readers who may not see names; who may see them is policy."""

from tracker.people.rules import PartyKind

MAY_BE_A_NAME = frozenset({PartyKind.PERSON, PartyKind.UNKNOWN})


def lead_words(name: str, kind: PartyKind, post: str, *, with_names: bool) -> str:
    """Return a lead as printed, or the post of whoever may be a person (domain A9, viewers).

    A lead whose kind is not known may be a person, so only the post is shown.
    """
    if with_names:
        return f"{name}, {post}" if post and kind is PartyKind.PERSON else name
    if kind in MAY_BE_A_NAME:
        return post or "Delivery lead"
    return name
