"""Is this one organisation, whatever joins and commas its name has: "Rivers and Harbours Trust", "Ministry of Culture, Media and Sport"?"""

# ruff: noqa: E501 - lists of words, one line a kind or a language

import re
from collections.abc import Sequence

from corpus.people.names import fold
from crawler.bylines.given_names import GIVEN_NAMES
from crawler.bylines.name_words import ORGANISATIONS

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
_JOINED = re.compile(r"(?:\s(?:and|und|et|y|e|en|og|och|i|oraz|и|та|&)\s|,\s)", re.I)
_OF = frozenset(
    "of for fur der des de du del della dello di da do dos das van voor for av i na po по за при of".split()
)
_MEMBER = re.compile(r"[^\W\d_]")


def is_organisation(text: str) -> bool:
    """Whether a text that has joins or commas in it is the name of one organisation.

    Its last word must say so with no whole name before a join ("Nora Hale and Rivers Trust" are two), or its first
    words must, with an "of" behind them.
    """
    if not _JOINED.search(text) or not _MEMBER.match(text):
        return False
    parts = [part.split() for part in _JOINED.split(text)]
    if any(part and fold(part[0]) in GIVEN_NAMES for part in parts):
        return False
    words = [word for word in fold(text).split("-") if word]
    if opens_as_body(words):
        return True
    return 3 <= len(words) <= MAX_WORDS and words[-1] in _BODIES and len(parts[0]) == 1 and "," not in text


def opens_as_body(words: Sequence[str]) -> bool:
    """Whether folded words begin as a public body's name does: "Ministry of", "Bundesamt für", "Cámara de"."""
    opened = next((n for n, word in enumerate(words[:3]) if word in _BODIES), None)
    return opened is not None and opened + 2 <= len(words) <= MAX_WORDS and words[opened + 1] in _OF
