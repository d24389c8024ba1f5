"""The Host header of a request -> may it be answered (DNS rebinding ends here), and where do our pages stand?"""

import re
import socket
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote

from flask import request

from web.layout.services import current_services

# The port is not compared: a browser on another port of ours is no other site's page.
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]/\s]+)(:\d{1,5})?")


@lru_cache(maxsize=256)
def is_ours(header: str, names: tuple[str, ...]) -> bool:
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
    return is_address(host) or any(_covers(name.lower(), host) for name in names)


def is_address(host: str) -> bool:
    """Tell whether a host is an IP address, not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def root() -> str:
    """Return the address of the start page, without the slash at its end, for links that leave the pages.

    It is `[web] url`, or what the request names; an address that is none of this machine is never repeated.
    """
    url = current_services().config.web.url
    if url:
        return url.rstrip("/")
    host = request.host.rpartition(":")[0] if not request.host.endswith("]") else request.host
    if _is_elsewhere((host or request.host).strip("[]")):
        return f"{request.scheme}://127.0.0.1:{request.environ.get('SERVER_PORT', '80')}{quote(request.script_root)}"
    return request.url_root.rstrip("/")


def _is_elsewhere(host: str) -> bool:
    """Is this the literal address of another machine? A socket can be bound to an address of ours only."""
    try:
        version = ip_address(host).version
    except ValueError:
        return False
    try:
        with socket.socket(socket.AF_INET6 if version == 6 else socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((host, 0))
    except OSError:
        return True
    return False


def _covers(name: str, host: str) -> bool:
    return host == name.lstrip(".") or (name.startswith(".") and host.endswith(name))
