"""Language key -> its name, in English or as a page says it, and back: `de` is German."""

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
_CODES = {own: key for key, names in _OWN.items() for own in names.split()} | {
    name.casefold(): key for key, name in NAMES.items()
}


@lru_cache(1024)  # pages may name any language
def language_name(key: str) -> str:
    """Return the name of a language key as a text; the key itself when we know no name."""
    return localized(LanguageName(key, NAMES[key])) if key in NAMES else key


def code(name: str) -> str | None:
    """Return the key of a language's English name or of one of its own, in any case; None when we know none such."""
    return _CODES.get(name.strip().casefold())
