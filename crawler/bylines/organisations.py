"""A text -> whether it is the name of one organisation, with any "and" and comma: "Rivers and Harbours Trust", "Ministry of Culture, Media and Sport"?"""

# ruff: noqa: E501 - lists of words, one line a kind or a language

import re
from collections.abc import Sequence

from corpus.people.names import fold
from crawler.bylines.given_names import GIVEN_NAMES
from crawler.bylines.name_words import DESKS, ORGANISATIONS, ROLES

MAX_WORDS = 12

# Words that end an organisation's name, or open it before an "of"; with those of `ORGANISATIONS`.
_BODIES = ORGANISATIONS | frozenset(
    """trust authority office bureau fund funds forum academy gallery party church survey service services society societies trusts
    fellowship congress parliament chamber board boards guild league campaign network observatory laboratory archive archives library
    district council councils county city department departments directorate inspectorate centers centres ministries
    verein verband ministerium amt bundesamt landesamt behorde kammer gesellschaft bund stiftung rat bundesverband landesverband hochschule
    ministere chambre syndicat association office federation conseil agence direction fondation institut
    ministerio camara ayuntamiento consejo asociacion fundacion confederacion federacion sindicato
    ministero camera ministerio associazione fondazione consiglio unione comune ente
    ministerie vereniging stichting bond raad rijksdienst forbund myndighet departement foreningen forening stiftelsen radet verket
    ministerstwo izba urzad towarzystwo zwiazek stowarzyszenie fundacja ministerstvo spolek svaz urad
    министерство общество фонд союз комитет управление институт служба ассоциация центр совет міністерство спілка товариство
    وزارة هيئة جمعية مؤسسة معهد مركز اتحاد""".split()
)
# The members in the names of organisations: "Friends of the Old Harbour", "Amis de la Tour".
_MEMBERS = frozenset(
    """friends neighbours neighbors parents mothers fathers grandmothers grandparents sons daughters sisters brothers citizens residents
    volunteers tenants students pupils alumni teachers doctors physicians nurses veterans survivors victims defenders supporters lovers
    keepers guardians champions women workers farmers
    freunde freunden freundinnen nachbarn eltern burger burgerinnen anwohner anwohnerinnen mieter studierende lehrer arzte frauen opfer
    amis amies parents riverains voisins habitants citoyens citoyennes etudiants enseignants medecins femmes victimes locataires
    amigos amigas vecinos vecinas padres madres ciudadanos estudiantes docentes medicos mujeres victimas
    amici amiche genitori cittadini studenti insegnanti medici donne vittime vizinhos pais maes cidadaos estudantes mulheres
    vrienden buren ouders burgers bewoners vanner grannar foraldrar venner naboer foreldre
    przyjaciele rodzice mieszkancy pratele rodice друзья родители жители друзі батьки мешканці""".split()
)
# The article before a body's name is the sentence's, when it is written small: "by the Department of Roads".
ARTICLE = re.compile(
    r"\A(?:(?:the|der|die|das|den|dem|la|le|les|el|los|las|il|lo|i|gli|o|os|as|de|het|a)\s+|[ld][’'])(?=[A-ZÀ-ÞА-Я])"
)
_JOINED = re.compile(r"(?:\s(?:and|und|et|y|e|en|og|och|i|oraz|и|та|&)\s|,\s)", re.I)
_OF = frozenset(
    "of for fur der des de du del della dello di da do dos das van voor for av i na po по за при of".split()
)
_MEMBER = re.compile(r"[^\W\d_]")


def is_organisation(text: str) -> bool:
    """Whether a text is the name of one organisation, whatever joins and commas it has.

    Its last word must say so with no whole name before a join ("Nora Hale and Rivers Trust" are two), or its first
    words must, with an "of" after them.
    """
    text = ARTICLE.sub("", text, count=1)
    words = [word for word in fold(text).split("-") if word]
    if not words or not _MEMBER.match(text):
        return False
    opened = opens_as_body(words)
    if not _JOINED.search(text):
        return opened and text[0].isupper()
    parts = [part.split() for part in _JOINED.split(text)]
    of_members = opened and words[0] in _MEMBERS
    if any(part and fold(part[0]) in GIVEN_NAMES and not (of_members and len(part) == 1) for part in parts):
        return False
    if opened or _is_of(parts, words):
        return True
    return 3 <= len(words) <= MAX_WORDS and words[-1] in _BODIES and len(parts[0]) == 1 and "," not in text


def _is_of(parts: Sequence[Sequence[str]], words: Sequence[str]) -> bool:
    """Whether a name begins with one word and an "of", as no person's does: "Keepers of Bells", "Hüter der A und der B"."""
    first = parts[0]
    if not 3 <= len(first) <= len(words) <= MAX_WORDS or fold(first[1]) not in _OF or not first[1].islower():
        return False
    if words[0] in ROLES or words[0] in DESKS or not first[0][:1].isupper():
        return False
    led = any(part and part[0].islower() for part in parts[1:])  # by an article, which opens no name of a person
    return words[1] == "of" or led


def opens_as_body(words: Sequence[str]) -> bool:
    """Whether folded words begin as a body's name does: "Ministry of", "Bundesamt für", "Cámara de", "Friends of"."""
    opened = next((n for n, word in enumerate(words[:3]) if word in _BODIES), None)
    if opened is None and words[0] in _MEMBERS:
        opened = 0
    return opened is not None and opened + 2 <= len(words) <= MAX_WORDS and words[opened + 1] in _OF
