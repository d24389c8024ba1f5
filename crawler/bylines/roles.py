"""A word -> whether it is a role ("reporter", "Wirtschaftsredakteurin"); a name -> the name without roles before it.

"political reporter Nora Hale", "unserer Redakteurin Nora Hale", "Senior Editor Nora Hale" -> "Nora Hale".
"""

# ruff: noqa: E501 - lists of words, one line a kind or a language

from corpus.people.names import fold
from crawler.bylines.name_words import DESKS, PARTICLES, PLACES, ROLES

MAX_BEFORE = 6  # words before a name: "our special correspondent in the region" has six

# How a word of German, Dutch or a Scandinavian language ends that says what somebody is, whatever of.
_ENDINGS = tuple(
    """redakteur redakteurin redakteuren reporter reporterin korrespondent korrespondentin korrespondenten journalist journalistin
    journalisten chef chefin leiter leiterin verslaggever verslaggeefster redacteur redactrice correspondent redaktor
    reporteren journalisten korrespondenten skribent toimittaja kirjeenvaihtaja fotograf fotografin mitarbeiter mitarbeiterin
    volontar volontarin autor autorin""".split()
)
# Small words that stand between a role and a name, and before roles.
_AROUND = frozenset(
    """our my the a an unser unsere unserer unserem unseren unserm der die dem den des notre nos votre le la les l un une de du
    nuestro nuestra nuestros nuestras el los las nostro nostra il lo gli nosso nossa o os as onze ons het een vara var vores
    nasz nasza naszego naszej nash nasha special speziell spezial special-to envoye envoyee from in at for and of und fur""".split()
)


# Small words before a place.
_FROM = frozenset("in from at out of aus zu a en de d em na no w z ze v i iz из в во з у på pa fra från fran".split())
_OF_PLACES = frozenset(
    "la le les los las el san santa sao saint sainte st new nuevo nueva the den bad port cape puerto".split()
)


def is_role(word: str) -> bool:
    """Whether a folded word says what somebody is."""
    return word in ROLES or (len(word) > 8 and word.endswith(_ENDINGS))


def without_roles_before(name: str) -> str:
    """Return a name without the words before it, when one of them is a role; as it is when nothing else would be left.

    Words in small letters go with the role ("political reporter"), capitalised ones only between roles
    ("Senior Political Correspondent"), so that a name keeps all of its own.
    """
    words = name.split()
    folded = [fold(word) for word in words]
    roles = [n for n, word in enumerate(folded[: MAX_BEFORE + 1]) if is_role(word) and word not in PARTICLES]
    if not roles or roles[-1] + 1 >= len(words):
        return name
    rest = words[roles[-1] + 1 :]
    while len(rest) > 1 and fold(rest[0]) in _AROUND and rest[0].islower() and fold(rest[0]) not in PARTICLES:
        rest = rest[1:]
    before = words[: roles[0]]
    small = all(word[:1].islower() or not word[:1].isalpha() or fold(word) in _AROUND for word in before)
    if len(rest) < 2 and not (small and before) and rest[0].isascii():
        return name  # "Digital Producer Content" names nobody
    capitalised = rest[0][:1].isupper() or not rest[0][:1].islower()
    if not capitalised or any(word in DESKS or is_role(word) for word in map(fold, rest)):
        return name
    # "Ana Pérez Reporter Li Wei" is no name behind a role; "Politics Editor Nora Hale" is, when two words follow.
    if not small and not (len(before) <= 2 and len(rest) >= 2):
        return name
    return " ".join(rest)


def without_place_before(name: str) -> tuple[str, str | None]:
    """Return a name without the place it follows, and the place: "in Geneva Nora Hale", "correspondante à Lyon Nora Hale".

    Roles may stand before the place. A name of two words at least must follow it, else nothing is cut.
    """
    words = name.split()
    n = next((n for n, word in enumerate(words[:MAX_BEFORE]) if not _stands_before(word, first=n == 0)), 0)
    while n and fold(words[n - 1]) not in _FROM:
        n -= 1
    if not n or len(words) - n < 3 or not all(word[:1].isupper() for word in words[n : n + 3]):
        return name, None
    rest = words[n:]
    size = 2 if len(rest) > 3 and (fold(" ".join(rest[:2])) in PLACES or fold(rest[0]) in _OF_PLACES) else 1
    return " ".join(rest[size:]), " ".join(rest[:size])


def _stands_before(word: str, *, first: bool) -> bool:
    folded = fold(word)
    return is_role(folded) or ((word.islower() or first) and (folded in _FROM or folded in _AROUND))
