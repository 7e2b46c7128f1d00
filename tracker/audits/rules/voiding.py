"""Who sets an audit aside: never somebody whose own grades or work it is about; what follows is not here."""


def void_fault(auditor: int, worker: int | None, person: int) -> str | None:
    """Say why a person cannot make an audit void, or None where they may."""
    if person == auditor:
        return "You audited this file, so another moderator has to make the audit void"
    if person == worker:
        return "You worked with this child, so another moderator has to make the audit void"
    return None
