"""A text -> the same text in the one writing in which copies of it are compared.

Papers print one story with and without accents, points of vowels and soft hyphens, with "ae" for "ä", in traditional
or simplified characters, in either alphabet of Serbian, with the digits of either script. What is left of a letter
here finds copies, and nobody reads it: letters that differ by their marks alone are one.
"""

import re
import unicodedata

from corpus.copies.chinese import simplified

_CHINESE = ("\u3400", "\u9fff")  # the characters that have other writings
_HANGUL = ("\uac00", "\ud7a3")  # syllables, which decompose into letters
_MODIFIERS = ("\u02b0", "\u02ff")
_TATWEEL = "\u0640"
_FRACTION = "\u2044"  # in "1/2" that ½ is taken apart to: two numbers where a reader sees one
# Letters that no mark can be taken off, as those without them on their keyboards write them.
_LATIN = {"æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ə": "a", "ħ": "h", "ŧ": "t"}
_SERBIAN = dict(zip("абвгдђежзиіјклмнопрстћуфхцчш", "abvgddezziijklmnoprstcufhccs", strict=True)) | {
    "љ": "lj",
    "њ": "nj",
    "џ": "dz",
}
_ARABIC = {"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه"}  # of Persian and Urdu keyboards
# Syllables of Ethiopic that are spoken alike: the first of each row of seven, and the first of the row they are in. The
# fourth of the rows of h and of the open vowel is spoken as the first.
_ETHIOPIC = {
    chr(ord(one) + vowel): chr(ord(other) + (0 if vowel == 3 and other in "ሀአ" else vowel))
    for one, other in ("ሀሀ", "ሐሀ", "ኀሀ", "ኸሀ", "ሠሰ", "አአ", "ዐአ", "ፀጸ")
    for vowel in range(7)
}
_SECOND = re.compile("(?<=a)[ae]+|(?<=[ou])e+")  # letter of two that stand for ä, å, æ, ö, ø, œ and ü
_ONE = _LATIN | _SERBIAN | _ARABIC | _ETHIOPIC


class _Letters(dict[int, str]):
    """Code of a character -> what stands for the character; each is found out once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _plain(chr(code))
        return found


_letters = _Letters()


def in_one_writing(text: str) -> str:
    """Return a text as it is compared; a capital stays one."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(_letters)


def in_one_spelling(word: str) -> str:
    """Return a word of the one writing without the letters that keyboards without ä, å, ø and ü put after a, o, u."""
    return _SECOND.sub("", word)


def in_one_byte(code: int) -> int:
    """Return what stands for a character of ISO 8859-1, where that is one such character; else the character."""
    found = _letters[code]
    return ord(found) if len(found) == 1 and ord(found) < 256 else code


def _plain(character: str) -> str:
    if _CHINESE[0] <= character <= _CHINESE[1]:
        return simplified().get(character, character)
    if _HANGUL[0] <= character <= _HANGUL[1] or unicodedata.category(character) == "So":
        return character
    letters = "".join(filter(_stays, unicodedata.normalize("NFKD", character)))
    return character if _FRACTION in letters else "".join(map(_one_of, letters))


def _stays(character: str) -> bool:
    """Whether a character is neither a mark nor invisible, nor one that only lengthens or modifies a letter."""
    kind = unicodedata.category(character)
    is_modifier = character == _TATWEEL or _MODIFIERS[0] <= character <= _MODIFIERS[1]
    return kind[0] != "M" and kind != "Cf" and not is_modifier


def _one_of(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return _ONE.get(character, character) if digit is None else str(digit)
