"""A source's `include` and `exclude` patterns -> is this URL in its scope?

A pattern is compared with the path and query of the canonical URL; a pattern that begins with `http`, with the whole
URL. `*` stands for any run of characters. Matching takes linear time whatever the pattern.
"""

from urllib.parse import urlsplit


def matches(pattern: str, url: str) -> bool:
    """Return whether a canonical URL has the form of the pattern."""
    if not pattern.startswith("http"):
        parts = urlsplit(url)
        url = f"{parts.path}?{parts.query}" if parts.query else parts.path
    first, *rest = pattern.split("*")
    if not rest:
        return url == pattern
    *middle, last = rest
    if not url.startswith(first) or not url.endswith(last) or len(url) < len(first) + len(last):
        return False
    at, end = len(first), len(url) - len(last)
    for part in middle:
        found = url.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def in_scope(url: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> bool:
    """Return whether a URL matches an `include` (any URL does when there is none) and no `exclude`."""
    wanted = not include or any(matches(pattern, url) for pattern in include)
    return wanted and not any(matches(pattern, url) for pattern in exclude)
