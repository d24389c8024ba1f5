"""Language key -> its name, in English or as a page says it, and back: German, Deutsch, `deu` and `de-AT` are `de`."""

from functools import lru_cache

from corpus.texts import LanguageName, localized

NAMES = {
    "af": "Afrikaans", "am": "Amharic", "an": "Aragonese", "ar": "Arabic", "as": "Assamese", "ast": "Asturian",
    "ay": "Aymara", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bho": "Bhojpuri", "bm": "Bambara",
    "bn": "Bengali", "bo": "Tibetan", "br": "Breton", "bs": "Bosnian", "ca": "Catalan", "ceb": "Cebuano",
    "ckb": "Central Kurdish", "cnr": "Montenegrin", "co": "Corsican", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "dv": "Divehi", "dz": "Dzongkha", "ee": "Ewe", "el": "Greek", "en": "English", "eo": "Esperanto",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "ff": "Fula", "fi": "Finnish",
    "fo": "Faroese", "fr": "French", "fy": "Western Frisian", "ga": "Irish", "gd": "Scottish Gaelic",
    "gl": "Galician", "gn": "Guarani", "gu": "Gujarati", "ha": "Hausa", "haw": "Hawaiian", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hsb": "Upper Sorbian", "ht": "Haitian Creole", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "ig": "Igbo", "ilo": "Iloko", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "jv": "Javanese", "ka": "Georgian", "kk": "Kazakh", "kl": "Kalaallisut", "km": "Khmer",
    "kn": "Kannada", "ko": "Korean", "kok": "Konkani", "ks": "Kashmiri", "ku": "Kurdish", "ky": "Kyrgyz",
    "la": "Latin", "lb": "Luxembourgish", "lg": "Ganda", "ln": "Lingala", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mai": "Maithili", "mg": "Malagasy", "mi": "Māori", "mk": "Macedonian", "ml": "Malayalam",
    "mn": "Mongolian", "mni": "Manipuri", "mnw": "Mon", "mr": "Marathi", "ms": "Malay", "mt": "Maltese",
    "my": "Burmese", "nb": "Norwegian Bokmål", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian Nynorsk",
    "no": "Norwegian", "nso": "Northern Sotho", "ny": "Nyanja", "oc": "Occitan", "om": "Oromo", "or": "Odia",
    "pa": "Punjabi", "pap": "Papiamento", "pl": "Polish", "pnb": "Western Punjabi", "ps": "Pashto",
    "pt": "Portuguese", "qu": "Quechua", "rm": "Romansh", "rn": "Rundi", "ro": "Romanian", "ru": "Russian",
    "rw": "Kinyarwanda", "sa": "Sanskrit", "sat": "Santali", "sc": "Sardinian", "sd": "Sindhi", "se": "Northern Sami",
    "shn": "Shan", "si": "Sinhala", "sk": "Slovak", "skr": "Saraiki", "sl": "Slovenian", "sm": "Samoan",
    "sn": "Shona", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "ss": "Swati", "st": "Sesotho",
    "su": "Sundanese", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tet": "Tetum", "tg": "Tajik",
    "th": "Thai", "ti": "Tigrinya", "tk": "Turkmen", "tl": "Tagalog", "tn": "Tswana", "to": "Tongan", "tr": "Turkish",
    "ts": "Tsonga", "tt": "Tatar", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "ve": "Venda",
    "vi": "Vietnamese", "war": "Waray", "wo": "Wolof", "xh": "Xhosa", "yi": "Yiddish", "yo": "Yoruba",
    "yue": "Cantonese", "zh": "Chinese", "zu": "Zulu",
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
    "af": "afr", "am": "amh", "an": "arg", "ar": "ara", "as": "asm", "ay": "aym", "az": "aze", "be": "bel",
    "bg": "bul", "bm": "bam", "bn": "ben", "bo": "bod tib", "br": "bre", "bs": "bos", "ca": "cat", "co": "cos",
    "cs": "ces cze", "cy": "cym wel", "da": "dan", "de": "deu ger", "dv": "div", "dz": "dzo", "ee": "ewe",
    "el": "ell gre", "en": "eng", "eo": "epo", "es": "spa", "et": "est", "eu": "eus baq", "fa": "fas per pes",
    "ff": "ful", "fi": "fin", "fo": "fao", "fr": "fra fre", "fy": "fry", "ga": "gle", "gd": "gla", "gl": "glg",
    "gn": "grn", "gu": "guj", "ha": "hau", "he": "heb iw", "hi": "hin", "hr": "hrv scr sh", "ht": "hat", "hu": "hun",
    "hy": "hye arm", "id": "ind in", "ig": "ibo", "is": "isl ice", "it": "ita", "ja": "jpn", "jv": "jav jw",
    "ka": "kat geo", "kk": "kaz", "kl": "kal", "km": "khm", "kn": "kan", "ko": "kor", "ks": "kas", "ku": "kur",
    "ky": "kir", "la": "lat", "lb": "ltz", "lg": "lug", "ln": "lin", "lo": "lao", "lt": "lit", "lv": "lav",
    "mg": "mlg", "mi": "mri mao", "mk": "mkd mac", "ml": "mal", "mn": "mon", "mr": "mar", "ms": "msa may zsm",
    "mt": "mlt", "my": "mya bur", "nb": "nob", "ne": "nep", "nl": "nld dut", "nn": "nno", "no": "nor", "ny": "nya",
    "oc": "oci", "om": "orm", "or": "ori ory", "pa": "pan", "pl": "pol", "ps": "pus", "pt": "por", "qu": "que",
    "rm": "roh", "rn": "run", "ro": "ron rum mo", "ru": "rus", "rw": "kin", "sa": "san", "sc": "srd", "sd": "snd",
    "se": "sme", "si": "sin", "sk": "slk slo", "sl": "slv", "sm": "smo", "sn": "sna", "so": "som", "sq": "sqi alb",
    "sr": "srp scc", "ss": "ssw", "st": "sot", "su": "sun", "sv": "swe", "sw": "swa swh", "ta": "tam", "te": "tel",
    "tg": "tgk", "th": "tha", "ti": "tir", "tk": "tuk", "tl": "tgl fil", "tn": "tsn", "to": "ton", "tr": "tur",
    "ts": "tso", "tt": "tat", "ug": "uig", "uk": "ukr", "ur": "urd", "uz": "uzb", "ve": "ven", "vi": "vie",
    "wo": "wol", "xh": "xho", "yi": "yid ji", "yo": "yor", "zh": "zho chi cmn", "zu": "zul",
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
    """Return the key of a language's English name, or of one of its own, in any case; None when we know none such.

    In small letters the code of another language is no name: `mon` is Mongolian, `Mon` the language of that name.
    """
    key = CODES.get(name.strip().casefold())
    return key and _KEYS.get(name.strip(), key)


def one_code(key: str) -> str:
    """Return the usual key of a language for any code of it, such as `de` for `ger`; any other key as it is."""
    return _KEYS.get(key, key)
