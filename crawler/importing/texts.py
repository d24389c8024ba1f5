"""The bytes of a text file -> its text; a byte that cannot be read is looked at, not replaced without a word."""

from corpus.texts.counted import counted
from crawler.markup.charset import decode

SAMPLE_BYTES = 32_768  # on both sides of the first byte that is no UTF-8: what its encoding is guessed from
BOMS = (b"\xff\xfe", b"\xfe\xff")


def text_in(content: bytes) -> tuple[str, str | None]:
    """Return the text, and what is to be said of its encoding: None when every byte was read without a guess."""
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        start = error.start
    text, encoding = content.decode("utf-8-sig", "replace"), "utf-8"
    if content.startswith(BOMS):
        text, encoding = decode(content)
    elif not _is_damaged_utf8(text):
        _, encoding = decode(content[max(0, start - SAMPLE_BYTES) : start + SAMPLE_BYTES])
        text = content.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost:
        return text, f"{counted(lost, 'character')} cannot be read; its encoding seems to be {encoding}"
    return text, None if content.startswith(BOMS) else f"is not UTF-8: read as {encoding}"


def _is_damaged_utf8(text: str) -> bool:
    """Whether a text that was read as UTF-8 is that, with some bytes wrong: of other encodings hardly any are right."""
    lost = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - lost > lost
