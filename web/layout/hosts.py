"""May a request with this Host header be answered? No to names that are not ours: DNS rebinding ends here."""

import re
from collections.abc import Iterable
from ipaddress import ip_address

# The port is not compared: a browser on another port of ours is no other site's page.
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]/\s]+)(:\d{1,5})?")


def is_ours(header: str, names: Iterable[str]) -> bool:
    """Tell whether the header names this machine, an address, or one of the configured names.

    A page that rebinds its own name to us still sends that name, never an address; so any literal
    address is as safe as `localhost`. A configured name with a leading dot covers its subdomains.
    """
    found = _HOST.fullmatch(header.strip())
    if found is None:
        return False
    host = found[1].strip("[]").rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ip_address(host)
    except ValueError:
        return any(_covers(name.lower(), host) for name in names)
    return True


def _covers(name: str, host: str) -> bool:
    return host == name.lstrip(".") or (name.startswith(".") and host.endswith(name))
