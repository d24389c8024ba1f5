"""A page of the documentation -> the same page for the site: links to files of the repository become their names.

The pages are read in two places. In a checkout a link may lead to any file of it; the site has the pages alone.
"""

import re
from typing import Any

_OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+(?!about/|howto/)(?P<path>[\w./-]+)(?:#[\w-]+)?\)")
_MODULES = re.compile(r"\[([^\]]+)\]\(modules\.md(?:#[\w-]+)?\)")
_PAGES = frozenset({"politeness.md", "service.md", "accounts.md", "scale.md", "querying.md", "configuration.md"})


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page's text as the site has it; mkdocs calls this for each page."""
    return _MODULES.sub(r"\1", _OUTSIDE.sub(_named, markdown))


def _named(link: re.Match[str]) -> str:
    return link[0] if link["path"] in _PAGES else link[1]
