"""What a session is called in the list of one's own: the family of the browser and where it is, and no more."""

from ipaddress import IPv6Address, ip_address

# Later ones pretend to be earlier ones, so the order matters.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def browser_family(user_agent: str) -> str:
    """Return browser and kind of machine in words, such as "Firefox on Windows", from what a browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Another browser")
    machine = next((name for mark, name in _MACHINES if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser


def network_prefix(address: str) -> str:
    """Return the part of a network address that tells places apart but no machine: "192.0.2.…" or "2001:db8:0:1:…"."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return network_prefix(str(found.ipv4_mapped))
        return ":".join(f"{int(part, 16):x}" for part in found.exploded.split(":")[:4]) + ":…"
    return str(found).rpartition(".")[0] + ".…"
