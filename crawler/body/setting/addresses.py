"""What an element says of a link or an image -> its absolute web address, its caption."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from lxml import etree

from corpus.structure.checking import MAX_CAPTION, is_web_address

_PLAIN = r"[A-Za-z0-9/._~%@+,=&!-]"  # nothing that an address could be taken apart at, or that would be rewritten
_WHOLE = re.compile(rf"https?://[a-z0-9.-]+(?::[0-9]+)?/{_PLAIN}*(?:\?{_PLAIN}+)?")
_ROOTED = re.compile(rf"/(?!/){_PLAIN}*(?:\?{_PLAIN}+)?")
_SITE = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?(?=/|$)")


def web_address(written: str, base: str) -> str | None:
    """Return an address of a page made absolute, otherwise as it stands; None: it is no web address."""
    try:
        address = joined(base, "".join(written.split())) if written else ""
    except ValueError:
        return None
    return address if is_web_address(address) else None


def joined(base: str, written: str) -> str:
    """Return what `urljoin` does, the usual addresses without taking them and their base apart."""
    if _WHOLE.fullmatch(written):
        return written
    if _ROOTED.fullmatch(written) and "/." not in written and (site := _SITE.match(base)):
        return site[0] + written
    return urljoin(base, written)


def base_of(bases: Iterable[etree._Element], address: str) -> str:
    """Return the address that the links of a page are relative to: of the first of its `base` tags, or its own."""
    href = next((href for base in bases if (href := base.get("href")) is not None), None)
    return (href is not None and web_address(href, address)) or address


def text_within(said: etree._Element | str | None) -> str | None:
    """Return a text, or the text of an element, as a caption: without controls, cut to its limit; None for none."""
    if said is None:
        return None
    text = said if isinstance(said, str) else "".join(map(str, said.itertext()))
    return " ".join(text[: MAX_CAPTION * 4].split())[:MAX_CAPTION].strip() or None
