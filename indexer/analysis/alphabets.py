"""A word of a language that is written in two ways -> the one spelling by which both find each other.

Only where each letter of one way is a letter, or a pair, of the other, and the language has no other: Uzbek and
Azerbaijani in Cyrillic and Latin, the doubled vowels of Māori, the letters that Esperanto writes with an x. Serbian is
read by its stemmer. Kazakh and Mongolian have several Latin alphabets, and the Arabic alphabet of Kurdish does not
write all vowels: there a word in the other alphabet would be a guess.
"""

import re
from collections.abc import Callable

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UZBEK = str.maketrans(
    dict(zip("абвгджзийклмнопрстуфхэқҳы", "abvgdjziyklmnoprstufxeqhi", strict=True))
    | {"ў": "oʻ", "ғ": "gʻ", "ё": "yo", "ю": "yu", "я": "ya", "ч": "ch", "ш": "sh", "ц": "s", "ъ": "ʼ", "ь": ""}
)
_VOWELS = "аеёиоуўэюяы"
_SOFT_E = re.compile(rf"(?:^|(?<=[{_VOWELS}ъь]))е")  # written ye in Latin, and e elsewhere
_BETWEEN_VOWELS = re.compile(rf"(?<=[{_VOWELS}])ц(?=[{_VOWELS}])")  # written ts, and s elsewhere
_AZERBAIJANI = str.maketrans(
    dict(zip("абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹшйэ", "abvqğdeəjziıykglmnoöprstuüfxhçcşye", strict=True))
    | {"ю": "yu", "я": "ya", "ц": "s", "ъ": "", "ь": ""}
)
_MACRONS = str.maketrans({"ā": "aa", "ē": "ee", "ī": "ii", "ō": "oo", "ū": "uu"})
_WITH_X = re.compile("([cghjsu])x")
_HATS = dict(zip("cghjsu", "ĉĝĥĵŝŭ", strict=True))


def _uzbek(form: str) -> str:
    if not _CYRILLIC.search(form):
        return form
    form = _BETWEEN_VOWELS.sub("ts", _SOFT_E.sub("ye", form))
    return form.translate(_UZBEK).replace("е", "e")


def _azerbaijani(form: str) -> str:
    return form.translate(_AZERBAIJANI) if _CYRILLIC.search(form) else form


def _maori(form: str) -> str:
    return form.translate(_MACRONS)


def _esperanto(form: str) -> str:
    return _WITH_X.sub(lambda pair: _HATS[pair[1]], form) if "x" in form else form


SPELLED: dict[str, Callable[[str], str]] = {"uz": _uzbek, "az": _azerbaijani, "mi": _maori, "eo": _esperanto}
"""Language -> a form of it, in small letters, in the one spelling."""
