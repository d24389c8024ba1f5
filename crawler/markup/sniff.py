"""A response's type and first bytes -> why it cannot be a page or a feed, or None."""

import re

SNIFFED_BYTES = 4096
MIN_CONTROLS = 8  # control characters that any text may have: stray NULs, a form feed's kin
MAX_CONTROLS = 0.05  # share of control characters that a longer text may have

_MAGIC = (
    (b"%PDF-", "pdf"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"RIFF", "media"),
    (b"PK\x03\x04", "archive"), (b"\x1f\x8b", "archive"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"ID3", "media"), (b"OggS", "media"), (b"\x00\x00\x01\x00", "image"), (b"\xd0\xcf\x11\xe0", "office"),
    (b"MZ\x90", "binary"), (b"\x7fELF", "binary"), (b"wOFF", "binary"), (b"wOF2", "binary"),
)  # fmt: skip
_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
_TYPES = (
    ("application/pdf", "pdf"),
    ("image/", "image"),
    ("video/", "media"),
    ("audio/", "media"),
    ("font/", "binary"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0c\r\x1b"))  # ESC stands in ISO-2022
_TAG = re.compile(rb"<[!?A-Za-z]")
_PADDING = re.compile(rb"\0{4,}")
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def refusal(content: bytes, content_type: str | None, *, page: bool) -> str | None:
    """Return one stable word: pdf, image, media, archive, office, binary, or not-html.

    The bytes are believed before the type. A page must say it is HTML, XHTML or plain text, or say nothing;
    a feed or sitemap (`page` False) may have any type, and may be a gzip file.
    """
    head = content[:SNIFFED_BYTES]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, reason in _MAGIC:
        if start.startswith(magic) and (page or magic != b"\x1f\x8b"):
            return reason
    if _is_binary(head) and not _may_be_utf16(head) and not head.startswith(b"\x1f\x8b"):
        return "binary"
    return _type_refusal(content_type) if page else None


def is_textual(content_type: str | None) -> bool:
    """Whether a response's type says that it is a page or plain text."""
    return (content_type or "").partition(";")[0].strip().lower() in _TEXTUAL


def _is_binary(head: bytes) -> bool:
    """Whether control characters are more than a slip: of bytes at random they are a tenth, of text none.

    In markup, NULs in a row count once: some servers pad their pages with them.
    """
    if b"\0\0" in head and _TAG.search(head):
        head = _PADDING.sub(b"\0", head)
    return len(head) - len(head.translate(None, _CONTROLS)) > max(MIN_CONTROLS, len(head) * MAX_CONTROLS)


def _may_be_utf16(head: bytes) -> bool:
    """Whether every other byte is mostly NUL, and the bytes between are not."""
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return head.startswith(_MARKS) or (max(even, odd) > half // 2 and min(even, odd) < half // 8)


def _type_refusal(content_type: str | None) -> str | None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    for prefix, reason in _TYPES:
        if kind.startswith(prefix):
            return reason
    # Servers that do not know a file's type say octet-stream; its bytes have passed above.
    if not kind or kind in _TEXTUAL or kind in {"application/octet-stream", "unknown/unknown", "*/*"}:
        return None
    return "not-html"
