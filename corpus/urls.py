"""Any spelling of a URL -> the one spelling a page is known by."""

from urllib.parse import urlsplit, urlunsplit


def canonical(url: str) -> str | None:
    """Return the canonical key of a URL, or None when it is no http(s) address a page can have."""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return None
        return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))
    except ValueError:
        return None


def host(url: str) -> str:
    """Return the host of a URL, lower case and without its port; empty when it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def same_site(a: str, b: str) -> bool:
    """Tell whether two URLs are of one site: the same host, `www.` or not."""
    return host(a).removeprefix("www.") == host(b).removeprefix("www.") != ""
