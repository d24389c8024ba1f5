"""A page's bytes -> its text: byte-order mark, UTF-8 that is plainly so, header, meta, and at last a guess.

Labels are read as the WHATWG Encoding Standard reads them: `iso-8859-1` means windows-1252, `gb2312` means GBK,
`shift_jis` means Microsoft's superset of it. A label that the bytes contradict is passed over; a header that
names an encoding of Latin letters is, too, where the page names that of another script and the bytes are its words.
"""

import codecs
import re
from collections.abc import Iterator
from itertools import chain

from crawler.markup.encodings import contradicted
from crawler.markup.encodings.guess import guess, outside

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as that of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEAD_BYTES = 16_384  # in which nearly every page has its meta charset
META_BYTES = 1_000_000  # how far a meta charset is looked for; a browser that meets one late begins again with it
SAMPLE_BYTES = 65536  # as much as a guess or a plausibility check reads
PLAIN_UTF8 = 12  # non-ASCII bytes; with fewer, a two-word text of another charset may be valid UTF-8 by chance
MAX_BROKEN = 0.05  # share of a text's non-ASCII characters that may be unreadable under the label it carries
MAX_NULS = 0.05  # share of a text's characters that may be NUL; with more it is UTF-16 under a false label

# The labels of the Encoding Standard whose meaning differs from Python's, or that Python does not know.
_ALIASES = {
    "unicode-1-1-utf-8": "utf-8", "utf8": "utf-8", "x-unicode20utf8": "utf-8", "unicode20utf8": "utf-8",
    "ascii": "cp1252", "us-ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "iso88591": "cp1252", "iso_8859-1": "cp1252", "latin1": "cp1252", "l1": "cp1252", "x-cp1252": "cp1252",
    "cp819": "cp1252", "ibm819": "cp1252", "iso-ir-100": "cp1252", "windows-1252": "cp1252",
    "iso-8859-9": "cp1254", "iso8859-9": "cp1254", "iso88599": "cp1254", "iso_8859-9": "cp1254", "latin5": "cp1254",
    "l5": "cp1254", "iso-ir-148": "cp1254", "x-cp1254": "cp1254", "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-cp1253": "cp1253", "x-cp1255": "cp1255", "x-cp1256": "cp1256", "x-cp1257": "cp1257", "x-cp1258": "cp1258",
    "iso-8859-11": "cp874", "iso8859-11": "cp874", "iso885911": "cp874", "tis-620": "cp874", "dos-874": "cp874",
    "windows-874": "cp874", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "logical": "iso8859-8",
    "visual": "iso8859-8", "arabic": "iso8859-6", "asmo-708": "iso8859-6", "sun_eu_greek": "iso8859-7",
    "dos-866": "cp866", "866": "cp866", "koi": "koi8-r", "koi8": "koi8-r", "koi8-ru": "koi8-u",
    "macintosh": "mac-roman", "mac": "mac-roman", "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "chinese": "gb18030", "gb_2312": "gb18030",
    "gb_2312-80": "gb18030", "csgb2312": "gb18030", "iso-ir-58": "gb18030", "cp936": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cn-big5": "big5hkscs", "csbig5": "big5hkscs",
    "x-x-big5": "big5hkscs", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "ms_kanji": "cp932", "windows-31j": "cp932", "csshiftjis": "cp932", "ms932": "cp932", "x-euc-jp": "euc_jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949", "ksc5601": "cp949", "ksc_5601": "cp949",
    "korean": "cp949", "windows-949": "cp949", "cseuckr": "cp949", "iso-ir-149": "cp949",
    "utf-16": "utf-16-le", "unicode": "utf-16-le", "ucs-2": "utf-16-le", "csunicode": "utf-16-le",
    "x-user-defined": "cp1252",
}  # fmt: skip

# The codecs we open: text encodings of the web only, so that no label reaches `zlib` or `unicode_escape`.
_KNOWN = frozenset({
    "utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
    "cp1257", "cp1258", "cp866", "cp874", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6",
    "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r",
    "koi8-u", "mac-roman", "mac-cyrillic", "gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949",
})  # fmt: skip

_META = re.compile(rb"<meta\b[^<>]{0,1000}", re.IGNORECASE)
_CHARSET = re.compile(rb"\bcharset\s{0,20}=\s{0,20}[\"']?\s{0,20}([\w.:-]{2,40})", re.IGNORECASE)
_CONTENT = re.compile(rb"\bcontent\s{0,20}=", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)


def decode(content: bytes, header_charset: str | None = None) -> tuple[str, str]:
    """Return the text, and the name of the Python codec that read it.

    Bytes the encoding cannot read become U+FFFD; the text never holds a lone surrogate, nor a NUL, which is no
    character of any page.

    Args:
        content: The inflated body.
        header_charset: The charset of the Content-Type header, as sent; None when it named none.
    """
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _text(content[len(mark) :], encoding), encoding
    is_plain = _has_many_beyond_ascii(content[:SAMPLE_BYTES])
    if is_plain or codec(header_charset) == "utf-8":
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:  # of another encoding, or not quite whole
            text = "\ufffd"
        if is_plain and text != "\ufffd":
            return _without_nul(text, content), "utf-8"
        if not is_plain and "\ufffd" not in text and "\0" not in text:
            return text, "utf-8"
    encoding = _declared(content, header_charset) or _guess(content)
    return _text(content, encoding), encoding


def _text(content: bytes, encoding: str) -> str:
    return _without_nul(content.decode(encoding, "replace"), content)


def _without_nul(text: str, content: bytes) -> str:
    return text.replace("\0", "") if b"\0" in content else text  # bytes are searched in a tenth of the time


def contradicted_header(header_charset: str | None, encoding: str) -> str:
    """Return what a header names where a page was read as another one; empty: it is right, or the page is Unicode."""
    named = codec(header_charset)
    return named if named and named != encoding and not encoding.startswith("utf-") else ""


def codec(label: str | None) -> str | None:
    """Return the Python codec a label means on the web, or None when it means none we read."""
    name = (label or "").strip().strip("\"'").lower()
    meant = _ALIASES.get(name) or name
    if not meant or len(meant) > 40 or not meant.isascii():
        return None
    try:
        python = codecs.lookup(meant).name
    except (LookupError, ValueError):
        return None
    return next((known for known in (meant, python) if known in _KNOWN), None)


def _declared(content: bytes, header_charset: str | None) -> str | None:
    sample = content[:SAMPLE_BYTES]
    if _is_plainly_utf8(sample):
        return "utf-8"
    named = (codec(label) for label in chain((header_charset,), _labels_within(content)))
    readable = (encoding for encoding in named if encoding and _reads(sample, encoding))
    first = next(readable, None)
    if first not in contradicted.LATIN or first != codec(header_charset) or not _may_be_of_another_script(content):
        return first
    return next((each for each in readable if _overrules(content, each)), first)


def _may_be_of_another_script(content: bytes) -> bool:
    """Return whether to look for what a page says of itself against its header: ASCII reads the same either way."""
    return _has_many_beyond_ascii(content) or b"\x1b$" in content


def _overrules(content: bytes, encoding: str) -> bool:
    """Return whether a page that names this encoding is right against a header that names one of Latin letters."""
    return encoding not in contradicted.LATIN and contradicted.is_supported(content, encoding)


def _labels_within(content: bytes) -> Iterator[str]:
    """Give the labels the page itself carries, in order. A page we could read a UTF-16 label in is not UTF-16."""
    declared = _XML.match(content[:SAMPLE_BYTES])
    if declared is not None:
        yield _label(declared[1])
    label = _label_of_meta(content[:HEAD_BYTES], whole=len(content) <= HEAD_BYTES)
    if label is None and len(content) > HEAD_BYTES:
        label = _label_of_meta(content[:META_BYTES], whole=True)
    if label is not None:
        yield label


def _label_of_meta(content: bytes, *, whole: bool) -> str | None:
    """Return the label of the first meta tag that has one; `whole`: its tag may be the end of the content."""
    for opening, closing in ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style")):
        content = outside(content, opening, closing)
    for tag in _META.finditer(content):
        if not whole and tag.end() == len(content):
            return None
        named, value = _CHARSET.search(tag[0]), _CONTENT.search(tag[0])
        # A charset within `content` counts beside http-equiv only: a description may hold the word.
        if named and (value is None or named.start() < value.start() or b"http-equiv" in tag[0].lower()):
            return _label(named[1])
    return None


def _label(written: bytes) -> str:
    label = written.decode("ascii", "replace")
    return "utf-8" if label.lower().startswith(("utf-16", "utf-32")) else label


def _is_plainly_utf8(sample: bytes) -> bool:
    return _has_many_beyond_ascii(sample) and _is_utf8(sample)


def _has_many_beyond_ascii(sample: bytes) -> bool:
    if sample.isascii():
        return False
    import numpy as np  # not for `narrow`, which a crawl's main process calls: it does without

    return bool(np.count_nonzero(np.frombuffer(sample, np.int8) < 0) >= PLAIN_UTF8)


def _is_utf8(sample: bytes) -> bool:
    try:  # incremental, since the sample's end may cut a character in two
        codecs.getincrementaldecoder("utf-8")("strict").decode(sample, final=len(sample) < SAMPLE_BYTES)
    except UnicodeDecodeError:
        return False
    return True


def _reads(sample: bytes, encoding: str) -> bool:
    """Whether a text in this encoding could look like that; a stray broken character is forgiven."""
    text = sample.decode(encoding, "replace")
    if text.count("\0") > max(8, len(text) * MAX_NULS):
        return False
    broken = text.count("�")
    return broken <= 2 or broken <= (len(text) - len(text.encode("ascii", "ignore"))) * MAX_BROKEN


def narrow(content: bytes) -> bytes:
    """Return a page, or its beginning, with its markup in ASCII bytes: UTF-16 and UTF-32 become UTF-8."""
    if b"\0" not in content[:1024]:
        return content
    marked = next((pair for pair in BOMS if content.startswith(pair[0])), None)
    encoding = marked[1] if marked else _guess_wide(content)
    return content.decode(encoding, "replace").encode("utf-8", "replace") if encoding else content


def _guess(content: bytes) -> str:
    sample = content[:SAMPLE_BYTES]
    wide = _guess_wide(sample)
    if wide:
        return wide
    if _is_utf8(sample) and b"\x1b$" not in sample:  # ISO-2022 is ASCII but for this escape sequence
        return "utf-8"
    return guess(content)


def _guess_wide(sample: bytes) -> str | None:
    """UTF-16 without its mark: of markup, every other byte is NUL."""
    head = sample[:1024]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > len(head) // 4 else None
