"""E-mail addresses and network addresses: their shape, and what counts as the same."""

import re
from ipaddress import IPv6Address, ip_address

LONGEST_EMAIL = 254
# The demonstration's seven people are ROLE@ this; addresses under .example reach nobody.
DEMONSTRATION_HOST = "demo.example"
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f,;<>\"()]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")


def tidy_email(typed: str) -> str:
    """Return an address as it is stored: without white space around it, in lower case."""
    return typed.strip().lower()


def is_email(tidy: str) -> bool:
    """Say whether a tidy address has the shape of one; only a message sent there could prove more."""
    return len(tidy) <= LONGEST_EMAIL and _EMAIL.fullmatch(tidy) is not None


def network_of(address: str) -> str:
    """Return what counts as one place for guessing: an IPv4 address, or the /64 that one IPv6 customer is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> 64 << 64))
