"""A page's bytes -> its text: byte-order mark, UTF-8 that is plainly so, header, meta, and at last a guess.

Labels are read as the WHATWG Encoding Standard reads them: `iso-8859-1` means windows-1252, `gb2312` means GBK,
`shift_jis` means Microsoft's superset of it. A label that the bytes contradict is passed over.
"""

import codecs
import re

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
META_BYTES = 1024  # where the HTML standard has a browser look for a meta charset
SAMPLE_BYTES = 65536  # as much as a guess or a plausibility check reads
PLAIN_UTF8 = 12  # non-ASCII bytes; with fewer, a two-word text of another charset may be valid UTF-8 by chance
_ASCII = bytes(range(128))
MAX_BROKEN = 0.05  # share of a text's non-ASCII signs that may be unreadable under the label it carries

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

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

# A guess takes the encoding under which most letters are among the commonest of a language written in it.
_COMMON = {
    "gb18030": "的一是不了在人有我他这为之来大以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同",  # noqa: E501
    "big5hkscs": "的一是不了在人有我他這為之來大以個中上們到說國和地也子時道出而要於就下得可你年生自會那後能對著事其裡所去行過家十用發天如然作方成者多日都三小軍二無同",  # noqa: E501
    "cp932": "のにはをたがでてとしれさいるあなもこからまりっきくそスンルトイアラ",
    "euc-jp": "のにはをたがでてとしれさいるあなもこからまりっきくそスンルトイアラ",
    "cp949": "이다는에의을가고를은하지로기사도한인있어대자시리정해부일",
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчй",
    "koi8-r": "оеаинтсрвлкмдпуяыьгзбчй",
    "cp1256": "اليمنوترعبدسفهةكقحجش",
    "cp1253": "αοιετσνηυρπκμλςάόίέή",
    "cp1255": "יולאהתרבמשנםדחכעפק",
    "cp874": "านรกอเงมยลวดทสต่้ี",
    "cp1250": "éáíěšýžřčůąęłńóśźżćőűťďň",
    "cp1252": "éèàçüöäßñóíáúêâôîûëïøåæãõ’“”–",
}
_GUESSES = tuple(_COMMON)


def decode(content: bytes, header_charset: str | None = None) -> tuple[str, str]:
    """Return the text, and the name of the Python codec that read it.

    Bytes the encoding cannot read become U+FFFD; the text never holds a lone surrogate.

    Args:
        content: The inflated body.
        header_charset: The charset of the Content-Type header, as sent; None when it named none.
    """
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), encoding
    encoding = _declared(content, header_charset) or _guess(content)
    return content.decode(encoding, "replace"), encoding


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
    for label in (header_charset, *_labels_within(content[:META_BYTES])):
        encoding = codec(label)
        if encoding and _reads(sample, encoding):
            return encoding
    return None


def _labels_within(head: bytes) -> list[str]:
    """The labels the page itself carries. A page we could read a UTF-16 label in is not UTF-16."""
    head = _COMMENT.sub(b"", head)
    found = [match.group(1).decode("ascii", "replace") for match in (_XML.search(head), _META.search(head)) if match]
    return ["utf-8" if label.lower().startswith("utf-16") else label for label in found]


def _is_plainly_utf8(sample: bytes) -> bool:
    return len(sample.translate(None, _ASCII)) >= PLAIN_UTF8 and _is_utf8(sample)


def _is_utf8(sample: bytes) -> bool:
    try:  # incremental, since the sample's end may cut a sign in two
        codecs.getincrementaldecoder("utf-8")("strict").decode(sample, final=len(sample) < SAMPLE_BYTES)
    except UnicodeDecodeError:
        return False
    return True


def _reads(sample: bytes, encoding: str) -> bool:
    """Whether a text in this encoding could look like that; a stray broken sign is forgiven."""
    text = sample.decode(encoding, "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("�") <= max(2, beyond_ascii * MAX_BROKEN) and "\x00" not in text


def _guess(content: bytes) -> str:
    sample = content[:SAMPLE_BYTES]
    wide = _guess_wide(sample)
    if wide:
        return wide
    if sample.isascii() or _is_utf8(sample):
        return "utf-8"
    return max(_GUESSES, key=lambda encoding: (_score(sample, encoding), encoding == "cp1252"))


def _guess_wide(sample: bytes) -> str | None:
    """UTF-16 without its mark: of markup, every other byte is NUL."""
    head = sample[:1024]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > len(head) // 4 else None


def _score(sample: bytes, encoding: str) -> float:
    """Share of the bytes beyond ASCII that make one of the commonest letters; below 0 when many are unreadable."""
    text = sample.decode(encoding, "replace")
    beyond_ascii = [sign for sign in text if sign > "\x7f"]
    if not beyond_ascii:
        return -1.0
    common = _COMMON[encoding]
    hits = sum(sign in common for sign in beyond_ascii)
    broken = beyond_ascii.count("�")
    return (hits - 3 * broken) / len(beyond_ascii)
