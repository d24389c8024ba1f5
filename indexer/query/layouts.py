"""A line typed with the keyboard set to another script -> what the same keys write in that script: ghbdtn is привет.

The tables have the letters of the usual layouts in the order of the keys, row by row, as the American
layout has them. Korean keys write parts of syllables, which are put together.
"""

import re
import unicodedata
from collections.abc import Iterator

_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_LAYOUTS = (  # a dot stands for a key without a letter; Greek accents are a key pressed before a letter
    "ёйцукенгшщзхъфывапролджэячсмитьбю.",  # Russian
    "'йцукенгшщзхїфівапролджєячсмитьбю.",  # Ukrainian
    "./'קראטוןםפ..שדגכעיחלךף,זסבהנמצתץ.",  # Hebrew
    ".;ςερτυθιοπ..ασδφγηξκλ..ζχψωβνμ...",  # Greek
    "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرﻻىةوزظ",  # Arabic
    ".ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو..",  # Persian
    ".ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ..ㅁㄴㅇㄹㅎㅗㅓㅏㅣ..ㅋㅌㅊㅍㅠㅜㅡ...",  # Korean
    ".ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ",  # Thai
)
_KOREAN, _HANGUL = 6, 0xAC00
_TWO, _ONE_KEY = "لا", "ﻻ"  # Arabic has a key of its own for these two letters
_SHIFTED = dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))  # double consonants and two vowels are capitals
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_PAIRS = dict(  # parts that two keys write
    pair.split("=")
    for pair in (
        "ㅗㅏ=ㅘ ㅗㅐ=ㅙ ㅗㅣ=ㅚ ㅜㅓ=ㅝ ㅜㅔ=ㅞ ㅜㅣ=ㅟ ㅡㅣ=ㅢ"
        " ㄱㅅ=ㄳ ㄴㅈ=ㄵ ㄴㅎ=ㄶ ㄹㄱ=ㄺ ㄹㅁ=ㄻ ㄹㅂ=ㄼ ㄹㅅ=ㄽ ㄹㅌ=ㄾ ㄹㅍ=ㄿ ㄹㅎ=ㅀ ㅂㅅ=ㅄ"
    ).split()
)
_KEYS_OF = {both: pair for pair, both in _PAIRS.items()}
_SYLLABLE = re.compile(  # a consonant before a vowel begins the next syllable
    rf"([{_LEADS}])([ㅗㅜㅡ][ㅏㅐㅓㅔㅣ]|[{_VOWELS}])((?:[ㄱㄴㄹㅂ][ㄱㅁㅂㅅㅈㅌㅍㅎ]|[{_TAILS[1:]}])(?![{_VOWELS}])|)"
)


def other_layouts(line: str) -> Iterator[str]:
    """Yield what the keys of a line write in other layouts; of a line in several scripts nothing."""
    if line.isascii():
        for number, layout in enumerate(_LAYOUTS):
            yield _hangul(line) if number == _KOREAN else line.lower().translate(_letters(layout))
        return
    typed = "".join(map(_parts, unicodedata.normalize("NFC", line.lower())))
    letters = [one for one in typed if one.isalpha()]
    for layout in _LAYOUTS:
        if all(one in layout for one in letters):
            keys = {ord(letter): key for key, letter in _pairs(layout)}
            yield typed.translate(keys)
            if _ONE_KEY in layout and _TWO in typed:
                yield typed.replace(_TWO, _ONE_KEY).translate(keys)


def _pairs(layout: str) -> list[tuple[str, str]]:
    """The keys of a layout that have a letter, each with the letter."""
    return [(key, letter) for key, letter in zip(_KEYS, layout, strict=True) if letter != "."]


def _letters(layout: str) -> dict[int, str]:
    """Key -> its letters; none where it is Greek's, which puts an accent on the next letter."""
    table = {ord(key): _TWO if letter == _ONE_KEY else letter for key, letter in _pairs(layout)}
    return table | {ord(";"): ""} if "ς" in layout else table


def _hangul(line: str) -> str:
    """The syllables that Korean keys write."""
    table = _letters(_LAYOUTS[_KOREAN])
    return _SYLLABLE.sub(_syllable, "".join(_SHIFTED.get(key) or key.lower().translate(table) for key in line))


def _syllable(found: re.Match[str]) -> str:
    lead, vowel, tail = (_PAIRS.get(part, part) for part in found.groups(""))
    if vowel not in _VOWELS or (tail and tail not in _TAILS):
        return found[0]
    number = (_LEADS.index(lead) * len(_VOWELS) + _VOWELS.index(vowel)) * len(_TAILS)
    return chr(_HANGUL + number + (_TAILS.index(tail) if tail else 0))


def _parts(character: str) -> str:
    """A syllable of Hangul as the keys that write it; any other character as it is."""
    number = ord(character) - _HANGUL
    if not 0 <= number < len(_LEADS) * len(_VOWELS) * len(_TAILS):
        return _KEYS_OF.get(character, character)
    lead, rest = divmod(number, len(_VOWELS) * len(_TAILS))
    vowel, tail = divmod(rest, len(_TAILS))
    parts = (_LEADS[lead], _VOWELS[vowel], _TAILS[tail].strip())
    return "".join(_KEYS_OF.get(part, part) for part in parts)
