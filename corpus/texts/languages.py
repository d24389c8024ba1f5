"""Language key -> its name, in English or as a page says it, and back: German, Deutsch, `deu` and `de-AT` are `de`."""

from functools import lru_cache

from corpus.texts import LanguageName, localized

NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer",
    "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
    "mt": "Maltese", "my": "Burmese", "nb": "Norwegian Bokmål", "ne": "Nepali", "nl": "Dutch",
    "nn": "Norwegian Nynorsk", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian",
    "so": "Somali", "sq": "Albanian", "sr": "Serbian", "st": "Sesotho", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "yi": "Yiddish", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip
# What languages call themselves, as people type it after `lang:`, with and without accents.
_OWN = {
    "ar": "العربية عربي", "bg": "български", "ca": "català catala", "cs": "čeština cestina česky", "da": "dansk",
    "de": "deutsch", "el": "ελληνικά ελληνικα", "es": "español espanol castellano", "fa": "فارسی", "fi": "suomi",
    "fr": "français francais", "he": "עברית", "hi": "हिन्दी हिंदी", "hr": "hrvatski", "hu": "magyar",
    "it": "italiano", "ja": "日本語", "ko": "한국어", "nl": "nederlands", "no": "norsk", "pl": "polski",
    "pt": "português portugues", "ro": "română romana", "ru": "русский", "sv": "svenska", "tr": "türkçe turkce",
    "uk": "українська", "ur": "اردو", "zh": "中文",
}  # fmt: skip
# What their neighbours call them, as databases and tables of other countries do.
_ABROAD = {
    "en": "englisch anglais inglés ingles engels inglese inglês", "de": "allemand alemán aleman duits tedesco alemão",
    "fr": "französisch francés frans francese", "es": "spanisch espagnol spaans spagnolo espanhol",
    "it": "italienisch italien italiaans", "pt": "portugiesisch portugais portugués portugees portoghese",
    "nl": "niederländisch néerlandais holandés olandese", "sv": "schwedisch", "da": "dänisch", "no": "norwegisch",
    "fi": "finnisch", "pl": "polnisch", "ru": "russisch russe ruso", "tr": "türkisch", "ar": "arabisch arabe",
    "ja": "japanisch", "zh": "chinesisch", "ko": "koreanisch", "cs": "tschechisch", "hu": "ungarisch",
    "el": "griechisch",
}  # fmt: skip
# Their codes of three letters (ISO 639-2 and 639-3), and older codes of two.
_OTHER_CODES = {
    "af": "afr", "am": "amh", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces cze", "cy": "cym wel", "da": "dan", "de": "deu ger", "el": "ell gre", "en": "eng",
    "eo": "epo", "es": "spa", "et": "est", "eu": "eus baq", "fa": "fas per pes", "fi": "fin", "fr": "fra fre",
    "ga": "gle", "gl": "glg", "gu": "guj", "he": "heb iw", "hi": "hin", "hr": "hrv scr sh", "hu": "hun",
    "hy": "hye arm", "id": "ind in", "is": "isl ice", "it": "ita", "ja": "jpn", "ka": "kat geo", "kk": "kaz",
    "km": "khm", "kn": "kan", "ko": "kor", "ku": "kur", "ky": "kir", "lo": "lao", "lt": "lit", "lv": "lav",
    "mk": "mkd mac", "ml": "mal", "mn": "mon", "mr": "mar", "ms": "msa may zsm", "mt": "mlt", "my": "mya bur",
    "nb": "nob", "ne": "nep", "nl": "nld dut", "nn": "nno", "no": "nor", "pa": "pan", "pl": "pol", "ps": "pus",
    "pt": "por", "ro": "ron rum mo", "ru": "rus", "si": "sin", "sk": "slk slo", "sl": "slv", "so": "som",
    "sq": "sqi alb", "sr": "srp scc", "st": "sot", "sv": "swe", "sw": "swa swh", "ta": "tam", "te": "tel",
    "th": "tha", "tl": "tgl fil", "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "yi": "yid ji",
    "zh": "zho chi cmn", "zu": "zul",
}  # fmt: skip
CODES = {name: key for names in (_OWN, _ABROAD) for key, own in names.items() for name in own.split()} | {
    name.casefold(): key for key, name in NAMES.items()
}  # name, in small letters -> key
_KEYS = {other: key for key, others in _OTHER_CODES.items() for other in others.split()}


@lru_cache(1024)  # pages may name any language
def language_name(key: str) -> str:
    """Return the name of a language key as a text; the key itself when we know no name."""
    return localized(LanguageName(key, NAMES[key])) if key in NAMES else key


def code(name: str) -> str | None:
    """Return the key of a language's English name, or of one of its own, in any case; None when we know none such."""
    return CODES.get(name.strip().casefold())


def one_code(key: str) -> str:
    """Return the usual key of a language for any code of it, such as `de` for `ger`; any other key as it is."""
    return _KEYS.get(key, key)
