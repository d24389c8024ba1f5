"""A text -> the author it names: a person, a desk or an agency; or why it is no name. In doubt, it is no name.

Takes one name as cut out of a byline or a page's data, without "By" and without separators.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.characters import CASELESS, CJK, KANA, has_cjk, may_be_cjk
from corpus.model import Author, AuthorKind
from corpus.patterns import deferred
from corpus.people.names import fold
from crawler.bylines.agencies import is_agency
from crawler.bylines.given_names import GIVEN_NAMES
from crawler.bylines.name_words import (
    CREDENTIALS,
    DESKS,
    LATER_TITLES,
    MENU_WORDS,
    NOISE,
    ORGANISATIONS,
    PARTICLES,
    PLACES,
    ROLES,
    TITLES,
    UNNAMED,
    WEAK_NOISE,
)
from crawler.bylines.organisations import ARTICLE, is_organisation
from crawler.dates.months import MONTHS
from crawler.dates.weekdays import SHORT_WEEKDAYS, WEEKDAYS
from crawler.text import clean

MAX_CHARS = 70
MAX_WORDS = 7  # "María del Carmen de la Cruz y Soto" has eight with its particles, which are not counted

_NOT_PEOPLE = ORGANISATIONS | DESKS | ROLES
_NO_NAME = PARTICLES | CREDENTIALS | TITLES
_ADDRESS = re.compile(r"@|https?:|www\.|\S\.(?:com|org|net|co|io|info|news|tv|de|fr|uk|es|it|nl|ru|pl|br|in)\b", re.I)
_HOST = re.compile(r"(?:[\w-]{2,}\.)+[a-z]{2,12}")
_EDGES = " \t\n.,;:|/\\-–—―•·*\"'“”‘«»()[]{}<>_~=+#&!?…∙⋅"
_FINAL_STOP = re.compile(r"\b(?:Jr|Sr|Dr|Ph\.?\s?D|M\.?D|[A-Z])\.$|[^\W\d_]\.\S{1,4}\.$")
_CASELESS = deferred(f"[{CASELESS}\u10a0-\u10ff]")
_WORD = re.compile(r"[^\s,]+")
_CREDENTIAL = re.compile(r",?\s+([^\s,]+)$")
_FIRST, _LATER = ("|".join(sorted(titles, key=len, reverse=True)) for titles in (TITLES, LATER_TITLES))
# "Dr. med. Ana Ruiz", "dr hab. Ewa Lis", "doc. Jan Novák"; "Phil Rose" and "Dr. Phil Rose" have a given name there.
_TITLE = re.compile(rf"^(?:(?:{_FIRST})\b\.?|(?:{_LATER})\.)\s+(?:(?:(?:{_LATER})\.|(?-i:{_LATER}))\s+)*", re.I)
_APART = re.compile(f"[・·{KANA}\\s]")
_SENTENCE = re.compile(r"[،؛؟!?:]\s|\S{5}\.\s")  # "डा. जैन" has a title, cut short
# "Da Redação", "Von der Redaktion": from the desk.
_OF_DESK = re.compile(
    r"(?:(?:[Dd]a|[Dd]alla|[Dd]e la|[Vv]on der|[Vv]an de|[Oo]d|[Оо]т|der|die|de|la|het)\s+)(?=[A-ZÀ-ÞА-Я])"
)
_BEFORE_TITLE = re.compile(r"^(?:el|la|del|della|dal|dalla|der|die|il|lo|os?|as?)\s+(?=(?:dra?|prof|dott|ing)\b)", re.I)
_ARABIC_PARTICLES = frozenset("بن ابن بنت آل ال أبو ابو عبد بني".split())
_DAYS = (WEEKDAYS | MONTHS.keys()) & (NOISE | WEAK_NOISE)  # all others are in no list of what is no name
_IRISH_SON = re.compile(r"\b(?:Mac|Mhic|Nic) an(?= [a-z]?[A-ZÀ-Þ])")  # "Fergus Mac an Bhaird", "Colm Mac an tSaoir"
_HONORIFIC = deferred(f"(?<=[{CJK}])(?:さん|氏|님)$")


@dataclass(frozen=True, slots=True)
class Judged:
    """An author, or the reason why the text names no author."""

    author: Author | None
    why: str = ""


def judge(
    text: str,
    *,
    outlets: frozenset[str] = frozenset(),
    organisation: bool = False,
    handles: bool = False,
    person: bool = False,
    led: bool = False,
) -> Judged:
    """Judge one name.

    Args:
        text: The name as printed.
        outlets: Folded names of the outlet, which is no author.
        organisation: The page's data says that the name is an organisation's.
        handles: Accept a single word in lower case ("stephenlega"), where the page gives it as its author.
        person: The page's data gives the text as one name: a single word of menus or sentences ("Li Most") is accepted.
        led: A word such as "By" stands before it: a family name that is a day or a month too is accepted.
    """
    decide = _cached_decision if len(text) <= MAX_CHARS else _decided
    return decide(text, outlets, organisation, handles, person, led)


def _decided(text: str, outlets: frozenset[str], organisation: bool, handles: bool, person: bool, led: bool) -> Judged:
    name = _trimmed(clean(text[: 4 * MAX_CHARS]))
    name = _BEFORE_TITLE.sub("", name)
    article = _OF_DESK.match(name)
    if article and fold(name[article.end() :]).split("-")[0] in DESKS:
        name = name[article.end() :]
    judged = _judged(name, outlets, organisation=organisation, handles=handles, person=person, led=led)
    author = judged.author
    article = ARTICLE.match(author.name) if author and author.kind is AuthorKind.DESK else None
    if author and article:
        bare = author.name[article.end() :]
        return Judged(Author(bare, fold(bare), author.kind))
    return judged


_cached_decision = lru_cache(1_024)(_decided)  # a page says its author's name in several places, and so do others


def _judged(
    name: str, outlets: frozenset[str], *, organisation: bool, handles: bool, person: bool, led: bool
) -> Judged:
    if not name or len(name) > MAX_CHARS or not any(character.isalpha() for character in name):
        return Judged(None, "no name")
    if _ADDRESS.search(name) or _HOST.fullmatch(name):
        return Judged(None, "an address")
    key = fold(name)
    if is_agency(name):
        return Judged(Author(name, key, AuthorKind.AGENCY))
    words = [word for word in key.split("-") if word]
    if is_outlet(key, outlets) and (organisation or not _has_own_site(words)):
        return Judged(None, "the outlet itself")
    if _of_outlet(words, outlets):
        return Judged(None, "a role") if words[-1] in ROLES else Judged(Author(name, key, AuthorKind.DESK))
    is_desk = (any(word in DESKS for word in words) or key in DESKS) and words[-1] not in ROLES - DESKS
    if is_desk and len(words) <= 6 and not _is_admin(words):
        known = not any(word in NOISE - {"the", "our", "news", "new", "us", "of"} for word in words)
        return (
            Judged(Author(name, key, AuthorKind.DESK))
            if (known and name[0].isupper()) or has_cjk(name)
            else Judged(None, "a role")
        )
    if key in UNNAMED or is_organisation(name):
        return Judged(Author(name, key, AuthorKind.DESK))
    why = _fault(name, key, tuple(words), person=person, led=led)
    if why:
        return Judged(None, why)
    if organisation or any(word in ORGANISATIONS for word in words):
        return Judged(Author(name, key, AuthorKind.DESK))
    return _person(name, handles=handles)


def is_outlet(key: str, outlets: frozenset[str]) -> bool:
    """Whether a folded name is one the outlet goes by, written together or apart."""
    joined = key.replace("-", "").removeprefix("the")
    return any(key == outlet or joined == outlet.replace("-", "").removeprefix("the") for outlet in outlets)


def _has_own_site(words: list[str]) -> bool:
    """Whether an outlet's name is that of a person with a site of their own."""
    return 2 <= len(words) <= 4 and words[0] in GIVEN_NAMES and _NOT_PEOPLE.isdisjoint(words)


def _of_outlet(words: list[str], outlets: frozenset[str]) -> bool:
    """Whether a name begins with the outlet's own: "CBC Arts", "Seattle Times staff"."""
    key = "-".join(words)
    return any(
        key.startswith(f"{outlet}-")
        for outlet in outlets
        if len(outlet) > 2 and ("-" in outlet or len(words) <= 6) and outlet not in GIVEN_NAMES
    )


def bare_key(name: str) -> str:
    """Return the key of a person's name, without titles before it and letters after it: "Dr. Ana Ruiz, PhD"."""
    bare = _TITLE.sub("", name)
    while (match := _CREDENTIAL.search(bare)) and _is_credential(match[1]) and " " in bare[: match.start()].strip():
        bare = bare[: match.start()].rstrip(" ,")
    return fold(bare) or fold(name)


def _is_credential(word: str) -> bool:
    """Whether letters after a name are a degree or a rank: "PhD", "M.D.", "III"; "Ma" and "Do" are names."""
    plain = word.strip(".,").replace(".", "")
    return fold(plain) in CREDENTIALS and (
        plain.isupper() or plain in {"PhD", "Jr", "Sr", "Esq", "PharmD", "MSc", "BSc", "PsyD", "EdD"}
    )


def is_credential(text: str) -> bool:
    """Whether a part of a list is nothing but letters after the name before it: "MD", "PhD RD"."""
    words = text.replace("Ph. D", "PhD").split()
    return bool(words) and all(_is_credential(word) or fold(word) in {"phd", "jr", "sr"} for word in words)


def _is_admin(words: list[str]) -> bool:
    return len(words) == 1 and words[0] in {"admin", "administrator", "webmaster", "board", "crew", "desk", "bureau"}


def _trimmed(text: str) -> str:
    trimmed = text.strip(" \t\n")
    while trimmed and trimmed[0] in _EDGES:
        trimmed = trimmed[1:]
    while (
        trimmed
        and trimmed[-1] in _EDGES
        and not _FINAL_STOP.search(trimmed)
        and not (trimmed[-1] == ")" and "(" in trimmed)
    ):
        trimmed = trimmed[:-1]
    return _HONORIFIC.sub("", trimmed) if may_be_cjk(trimmed) else trimmed


@lru_cache(maxsize=1_024)
def _fault(name: str, key: str, words: tuple[str, ...], *, person: bool = False, led: bool = False) -> str:
    """Return what else than a name the text is; "" when nothing speaks against a name."""
    if led and _is_named_as_a_day(name, words):
        return ""
    noise = [word for n, word in enumerate(words) if word in NOISE and not (_joins(words, n) or _is_inside(words, n))]
    if (
        (noise and not (person and _is_surname(noise, name, words)))
        or key in NOISE
        or all(word in WEAK_NOISE for word in words)
    ):
        return "words of a sentence or menu"
    if any(word in ROLES for word in words) or key in ROLES:
        return "a role"
    if key in PLACES:
        return "a place"
    if sum(character.isdigit() for character in name) > 2 or (
        any(character.isdigit() for character in name) and len(words) > 1
    ):
        return "a number"
    if len([word for word in words if word not in PARTICLES]) > MAX_WORDS:
        return "too many words"
    if len(words) == 1 and len(key) < 2 and not has_cjk(name):
        return "a letter"
    if _is_admin(list(words)):
        return "an account"
    return ""


def _is_surname(noise: list[str], name: str, words: tuple[str, ...]) -> bool:
    """Whether a last word that menus use too is written as a surname, and is no word of sites alone."""
    if len(noise) > 1 or not 2 <= len(words) <= 4 or not all(word[:1].isupper() for word in name.split()):
        return False
    return noise[0] not in MENU_WORDS or words[0] in GIVEN_NAMES


def _is_named_as_a_day(name: str, words: tuple[str, ...]) -> bool:
    """Whether a given name stands before a family name that is a day or a month too: "Victoria Friday"."""
    given, family = words[0], words[-1]
    if len(words) != 2 or given == family or family not in _DAYS or not all(word[0].isupper() for word in name.split()):
        return False
    return given in GIVEN_NAMES or (given in MONTHS and given in WEAK_NOISE)


def _joins(words: tuple[str, ...], n: int) -> bool:
    """Whether a word is the second particle of a name: "van der Berg", "de la Cruz"."""
    return 1 < n < len(words) - 1 and words[n] in PARTICLES and words[n - 1] in PARTICLES


def _is_inside(words: tuple[str, ...], n: int) -> bool:
    """Whether a weekday's short form or a particle stands within a name: "Lee Sun Hee", "Luz Dela Cruz"."""
    return (
        (words[n] in SHORT_WEEKDAYS or words[n] == "dela")
        and 0 < n < len(words) - 1
        and NOISE.isdisjoint((words[n - 1], words[n + 1]))
    )


def _person(name: str, *, handles: bool) -> Judged:
    if not name.isascii() and _CASELESS.search(name):
        return _caseless(name)
    words = _WORD.findall(_IRISH_SON.sub("Mac", name))
    small = (word for word in words if word[0].islower() and fold(word) not in PARTICLES)
    lower = [word for word in small if not (_inner_capital(word) or _is_title(word))]
    if lower and not (handles and len(words) == 1):
        return Judged(None, "words in lower case")
    if all(_is_title(word) or fold(word) in _NO_NAME for word in words):
        return Judged(None, "no name")
    if re.search(r"[!?:;=<>{}\[\]|\\]|\.\.", name) or name.count("(") > 1:
        return Judged(None, "characters that no name has")
    return Judged(Author(name, bare_key(name)))


def _is_title(word: str) -> bool:
    return word in {"dr", "hab"} or (word[-1] == "." and (fold(word) in TITLES or fold(word) in LATER_TITLES))


def _inner_capital(word: str) -> bool:
    """Whether a word such as "d'Arc", "al-Asad" or "deGrasse" has its capital within."""
    return any(character.isupper() for character in word[1:])


def _caseless(name: str) -> Judged:
    """Judge a name in a script without capitals by its length alone."""
    letters = sum(1 for character in name if character.isalpha())  # vowel signs and points add no length
    if has_cjk(name) and not re.search(r"[A-Za-z]", name):
        longest = 14 if _APART.search(name) else 6
        if not 2 <= letters <= longest:
            return Judged(None, "too long for a name" if letters > longest else "a single character")
        return Judged(Author(name, fold(name)))
    words = [word for word in name.split() if fold(word) not in _ARABIC_PARTICLES]
    if not 1 <= len(words) <= 6 or letters > 40 or _SENTENCE.search(name):
        return Judged(None, "too long for a name")
    return Judged(Author(name, fold(name)))
