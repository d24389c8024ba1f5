"""Bytes that declare no character set -> the one they are most likely in: chardet's candidates, checked by the letters.

chardet ranks single-byte encodings by language models, several of them equal. What decides between those is what
no text holds: letters of two scripts in one word, a symbol between two letters, control characters.
"""

import re
import unicodedata
from collections.abc import Iterable

SAMPLE_BYTES = 16_384  # bytes beyond the markup that are judged; chardet itself looks at no more
NEAR = 0.8  # share of the best confidence that a candidate needs to be compared by its letters
SHORT_CJK = 0.15  # chardet's confidence below which the East Asian encodings are tried by their commonest characters
MIN_CJK = 0.12  # share of the commonest characters in a text that makes it one of an East Asian language

_TAG = re.compile(rb"<[^<>]{0,2000}>")
# What chardet names beside our own names -> the codec of the web that reads it; what is not here is not guessed.
_WEB = {
    **{f"cp125{digit}": f"cp125{digit}" for digit in range(9)},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "cp874": "cp874", "koi8-r": "koi8-r",
    "koi8-u": "koi8-u", "mac-roman": "mac-roman", "mac-cyrillic": "mac-cyrillic", "mac-latin2": "mac-latin2",
    "cp852": "cp852", "cp855": "cp855", "cp866": "cp866", "big5hkscs": "big5hkscs", "cp932": "cp932",
    "shift_jis_2004": "cp932", "euc_jis_2004": "euc_jp", "cp949": "cp949", "euc_kr": "cp949", "gb18030": "gb18030",
    "iso2022_jp_2": "iso2022_jp", "iso2022_jp_2004": "iso2022_jp", "iso2022_jp_ext": "iso2022_jp",
    "iso2022_kr": "iso2022_kr", "utf-8": "utf-8", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
    "utf-32-le": "utf-32-le", "utf-32-be": "utf-32-be",
}  # fmt: skip
_COMMON = {
    "gb18030": "的一是不了在人有我他这为之来大以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同文字体简汉语",  # noqa: E501
    "big5hkscs": "的一是不了在人有我他這為之來大以個中上們到說國和地也子時道出而要於就下得可你年生自會那後能對著事其裡所去行過家十用發天如然作方成者多日都三小軍二無同文字體繁漢語",  # noqa: E501
    "cp932": "のにはをたがでてとしれさいるあなもこからまりっきくそスンルトイアラ日本語",
    "euc_jp": "のにはをたがでてとしれさいるあなもこからまりっきくそスンルトイアラ日本語",
    "cp949": "이다는에의을가고를은하지로기사도한인있어대자시리정해부일",
}
_APOSTROPHES = frozenset("'’ʼ`´·-‐‑–—_./@:&+")


def guess(content: bytes) -> str:
    """Return the Python codec that reads these bytes best; windows-1252 when nothing is known of them."""
    import chardet  # here, since it takes a third of a second that most processes never need

    sample = without_markup(content)[:SAMPLE_BYTES]
    ranked = chardet.detect_all(sample, ignore_threshold=True, compat_names=False)
    rated = [(_WEB.get(each["encoding"] or ""), each["confidence"]) for each in ranked]
    known = dict.fromkeys(name for name, _ in rated if name)
    best = max((confidence for name, confidence in rated if name), default=0.0)
    if best < SHORT_CJK and (east_asian := _east_asian(sample)):
        return east_asian
    near = dict.fromkeys(name for name, confidence in rated if name and confidence >= best * NEAR)
    return _most_plausible(sample, near or known) or "cp1252"


def without_markup(content: bytes) -> bytes:
    """Return the bytes between the tags; all of them when they are no markup, or of two or four bytes a character."""
    head = content[: 16 * SAMPLE_BYTES]
    if head[:4096].count(0) * 8 > len(head[:4096]) or b"\x1b$" in head:  # ISO-2022 writes words with < and >
        return head
    for name in (b"script", b"style"):
        head = outside(head, b"<" + name, b"</" + name)
    return _TAG.sub(b" ", head)


def outside(content: bytes, opening: bytes, closing: bytes) -> bytes:
    """Return the bytes that stand outside two marks, whatever their case; one that is never closed hides the rest."""
    lower, at, parts = content.lower(), 0, []
    while (start := lower.find(opening, at)) >= 0:
        parts.append(content[at:start])
        at = lower.find(closing, start)
        if at < 0:
            return b" ".join(parts)
    return b" ".join((*parts, content[at:]))


def _most_plausible(sample: bytes, names: Iterable[str]) -> str | None:
    """Return the candidate whose text holds the fewest things no text holds; of equals the first."""
    oddities = {name: _oddities(sample.decode(name, "replace")) for name in names}
    return min(oddities, key=lambda name: oddities[name], default=None)


def _oddities(text: str) -> int:
    """Count what no text of any language holds: see the module's docstring."""
    odd = 0
    before, script_before = " ", ""
    for character in text:
        script = _script(character)
        if "\x7f" <= character <= "\x9f" or character in "\ufffd¤" or unicodedata.category(character) == "Co":
            odd += 1
        elif script and script_before and script != script_before:
            odd += 1  # two scripts in one word
        elif script and before.islower() and character.isupper() and character > "\x7f":
            odd += 1  # a capital beyond ASCII within a word
        elif script and before > "\x7f" and not script_before and before not in _APOSTROPHES and _within_word(before):
            odd += 1  # a symbol before a letter
        before, script_before = character, script
    return odd


def _within_word(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sm", "Sc", "Sk", "No"}


def _script(character: str) -> str:
    """Return the script of a letter as its Unicode name begins, such as LATIN; empty for what is no letter."""
    if character < "\x80":
        return "LATIN" if character.isalpha() else ""
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""


def _east_asian(sample: bytes) -> str | None:
    """Return the East Asian encoding of a text too short for chardet, by its commonest characters; None if none."""
    best, chosen = MIN_CJK, None
    for name, common in _COMMON.items():
        text = sample.decode(name, "replace")
        beyond = [character for character in text if character > "\x7f"]
        if not beyond or "\ufffd" in beyond:
            continue
        share = sum(character in common for character in beyond) / len(beyond)
        if share > best:
            best, chosen = share, name
    return chosen
