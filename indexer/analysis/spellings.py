"""A folded word -> the spellings it may stand for, as a stemmer must see them to know their endings.

Stemmers know endings by their accents: Polish `-ów`, Portuguese `-ções`, French `-ée`; and Turkish endings follow the
vowels of the word. A word typed without accents is therefore stemmed in the spellings it may stand for as well.
"""

from collections.abc import Iterator

# Language -> endings as typed without accents, and as they are spelled.
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "ar": (("ه", "ة"), ("ي", "ى")),
    "ca": (("cio", "ció"), ("ia", "ía")),
    "cs": (("u", "ů"), ("um", "ům"), ("i", "í"), ("ich", "ích"), ("y", "ý"), ("ych", "ých"), ("e", "é"), ("a", "á")),
    "fr": (("e", "é"), ("es", "és"), ("ee", "ée"), ("ees", "ées"), ("ere", "ère"), ("eres", "ères")),
    "hu": (("ert", "ért"), ("bol", "ból"), ("rol", "ról"), ("tol", "tól"), ("nal", "nál"), ("en", "én"), ("at", "át")),
    "it": (("ta", "tà"), ("o", "ò"), ("a", "à"), ("e", "é")),
    "pl": (("ow", "ów"), ("a", "ą"), ("e", "ę"), ("ac", "ać"), ("ec", "eć"), ("ic", "ić"), ("la", "ła")),
    "pt": (
        ("cao", "ção"), ("coes", "ções"), ("ao", "ão"), ("oes", "ões"), ("aes", "ães"), ("avel", "ável"),
        ("ivel", "ível"), ("aveis", "áveis"), ("iveis", "íveis"), ("ia", "ía"), ("encia", "ência"),
    ),
    "ro": (("a", "ă"), ("tie", "ție"), ("tii", "ții"), ("tiei", "ției"), ("ie", "ție")),
    "sv": (("ar", "är"),),
}  # fmt: skip
# Language -> letters as typed for want of others, and these, anywhere in a word.
_LETTERS: dict[str, tuple[tuple[str, str], ...]] = {
    "da": (("aa", "å"), ("oe", "ø"), ("ae", "æ")),
    "de": (("ae", "ä"), ("oe", "ö"), ("ue", "ü")),
    "nb": (("aa", "å"), ("oe", "ø"), ("ae", "æ")),
    "nn": (("aa", "å"), ("oe", "ø"), ("ae", "æ")),
    "no": (("aa", "å"), ("oe", "ø"), ("ae", "æ")),
    "sv": (("aa", "å"), ("oe", "ö"), ("ae", "ä")),
}
_ONE_ACCENT = frozenset({"ca", "es", "pt"})  # a word has one at most, on any vowel
_ACUTE = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
_MAX_LETTERS = 24  # longer words are hardly typed
_ARTICLE = "ال"
_PREFIXES = ("ה", "ו", "וה")  # of Hebrew: the, and
_MORE_PREFIXES = tuple("ב ל ש כש וב ול וש שה מה ומה כשה שב".split())  # in, to, that, when, from the
_CONJUNCTIONS = ("وال", "فال")  # and, so: the stemmer takes them off words, but not off articles


def with_prefixes(word: str) -> list[str]:
    """Return a Hebrew word with the article, conjunctions and prepositions that are written in one with it; else none.

    In a word of three letters more of these are the beginning of another word, so only the surest are among them.
    """
    if not "\u05d0" <= word[:1] <= "\u05ea" or len(word) < len("שלש"):
        return []
    every = _PREFIXES if len(word) == len("שלש") else (*_PREFIXES, *_MORE_PREFIXES)
    return [prefix + word for prefix in every]


def is_respelled(language: str) -> bool:
    """Return whether a word of a language (`pt`, `pt-BR`) may have other spellings."""
    language = language.partition("-")[0].lower()
    return language in _ENDINGS or language in _LETTERS or language in _ONE_ACCENT or language == "tr"


def without_conjunction(word: str) -> str:
    """Return an Arabic word without "and" or "so" before what looks like its article; others as they are."""
    return word[1:] if word.startswith(_CONJUNCTIONS) and len(word) > len(_ARTICLE) + 3 else word


def spellings(word: str, language: str) -> Iterator[str]:
    """Yield the other spellings of a folded word in a language (`pt`, `pt-BR`), in no order of likelihood."""
    language = language.partition("-")[0].lower()
    for plain, spelled in _ENDINGS.get(language, ()):
        if word.endswith(plain) and len(word) > len(plain) + 1:
            yield word.removesuffix(plain) + spelled
    letters = _LETTERS.get(language, ())
    changed = word
    for typed, meant in letters:
        changed = changed.replace(typed, meant)
    if changed != word:
        yield changed
    if language in _ONE_ACCENT:
        for at, letter in enumerate(word[:_MAX_LETTERS]):
            if letter in _ACUTE:
                yield f"{word[:at]}{_ACUTE[letter]}{word[at + 1 :]}"
    if language == "ar":  # the article, which decides what else is taken off
        yield word.removeprefix(_ARTICLE) if word.startswith(_ARTICLE) else _ARTICLE + word
        yield without_conjunction(word)
    if language == "tr":  # the vowels of a word are mostly of one kind, and its endings follow them
        yield word.replace("i", "ı")
        yield word.replace("u", "ü").replace("o", "ö")
