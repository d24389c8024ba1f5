"""A word -> whether it is a role ("reporter", "Wirtschaftsredakteurin"); a name -> the name without roles before it.

"political reporter Nora Hale", "unserer Redakteurin Nora Hale", "Senior Editor Nora Hale" -> "Nora Hale".
"""

# ruff: noqa: E501 - lists of words, one line a kind or a language

from functools import lru_cache

from corpus.people.names import fold
from crawler.bylines.name_words import DESKS, PARTICLES, PLACES, ROLES

MAX_BEFORE = 6  # words before a name: "our special correspondent in the region" has six
MAX_FIELD = 5  # words: "de salud y ciencia" has four

# How a word of German, Dutch or a Scandinavian language ends that says what somebody is, whatever of.
_ENDINGS = tuple(
    """redakteur redakteurin redakteuren reporter reporterin korrespondent korrespondentin korrespondenten journalist journalistin
    journalisten chef chefin leiter leiterin verslaggever verslaggeefster redacteur redactrice correspondent redaktor
    reporteren journalisten korrespondenten skribent toimittaja kirjeenvaihtaja fotograf fotografin mitarbeiter mitarbeiterin
    volontar volontarin autor autorin""".split()
)
# How a word for the trade begins in languages that inflect it: "reporterka", "muhabirimiz", "корреспондента", "مراسلتنا".
_STEMS = tuple(
    """reporter korespondent korrespondent corespondent redaktor redaktør dziennikar wyslanni zpravodaj spravodaj novinar jurnalist
    udsend utsand utsend medarbejder medarbetar medarbeider toimittaj kirjeenvaihtaj tudosito ujsagiro riporter muhabir editorumuz
    wartawan jurnalis cronista reporter redattor redattric redacteur redactric medewerker berichterstatter
    корреспондент кореспондент журналист журналіст репортер репортёр спецкор обозревател оглядач новинар дописник
    ανταποκριτ δημοσιογραφ συντακτ ρεπορτερ مراسل صحفي محرر مندوب خبرنگار گزارشگر כתב संवाददाता पत्रकार रिपोर्टर
    প্রতিবেদক সংবাদদাতা செய்தியாளர் நிருபர் ผู้สื่อข่าว 通讯员 通訊員 特约 特約""".split()
)
_MAX_INFLECTION = 4  # letters after such a beginning
# "Our": whatever stands before "our reporter" is no name, in capitals or not.
_OUR = frozenset(
    """our my unser unsere unserer unserem unseren unserm notre nos nuestro nuestra nuestros nuestras nostro nostra nosso nossa onze ons
    vara var vart vores vor nasz nasza naszego naszej nas nase nasa naseho naseho nash nasha наш наша наши нашего нашей наші нашої
    bizim hamara hamare हमारे हमारी हमारा আমাদের""".split()
)
# Small words that stand between a role and a name, and before roles.
_AROUND = _OUR | frozenset(
    """the a an der die dem den des votre le la les l un une de du
    el los las il lo gli o os as het een pelo pela dal dalla μας ο η οι του της special speziell spezial special-to envoye envoyee from in at for and of und fur""".split()
)


# Small words before a place.
_FROM = frozenset("in from at out of aus zu a en de d em na no w z ze v i iz из в во з у på pa fra från fran".split())
_OF_PLACES = frozenset(
    "la le les los las el san santa sao saint sainte st new nuevo nueva the den bad port cape puerto".split()
)


def is_role(word: str) -> bool:
    """Whether a folded word says what somebody is."""
    return word in ROLES or (len(word) > 8 and word.endswith(_ENDINGS)) or _is_inflected(word)


@lru_cache(1_024)
def _is_inflected(word: str) -> bool:
    return word.startswith(_STEMS) and any(
        word.startswith(stem) and len(word) <= len(stem) + _MAX_INFLECTION for stem in _STEMS
    )


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
    while len(rest) > 1 and fold(rest[0]) in _AROUND and not rest[0][:1].isupper() and fold(rest[0]) not in PARTICLES:
        rest = rest[1:]
    rest = _without_field(rest)
    before = words[: roles[0]]
    small = all(word[:1].islower() or not word[:1].isalpha() or fold(word) in _AROUND for word in before)
    small = small or bool(before and fold(before[-1]) in _OUR)
    if len(rest) < 2 and not (small and before) and rest[0].isascii():
        return name  # "Digital Producer Content" names nobody
    capitalised = rest[0][:1].isupper() or not rest[0][:1].islower()
    if not capitalised or any(word in DESKS or is_role(word) for word in map(fold, rest)):
        return name
    # "Ana Pérez Reporter Li Wei" is no name after a role; "Politics Editor Nora Hale" is, when two words follow.
    if not small and not (len(before) <= 2 and len(rest) >= 2):
        return name
    return " ".join(rest)


def _without_field(words: list[str]) -> list[str]:
    """Leave out what a role is about, in small letters before a whole name: "economie" of "redacteur economie Anke de Wit"."""
    start = next((n for n, word in enumerate(words[:MAX_FIELD]) if not word.islower()), 0)
    if len(words) - start < 2 or all(fold(word) in PARTICLES for word in words[:start]):
        return words
    return words[start:]


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
