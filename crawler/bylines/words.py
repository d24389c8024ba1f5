"""The words of bylines by language: before the names, between them, and before places."""

# ruff: noqa: E501 - lists of words, one line a kind or a language

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from corpus.characters import CJK
from corpus.patterns import deferred, is_plain

# Words before the names. Longer forms first; a space or colon must follow (Latin scripts), or any character.
_BEFORE: dict[str, str] = {
    "en": "interview conducted by|interviewed by|written by|words by|story by|posted by|reported by|authored by|article by|review by|reviewed and written by|analysis by|opinion by"
    "|column by|text by|contributed by|reporting by|published by|submitted by|created by|guest post by"
    "|a guest post by|interview by|commentary by"
    "|story and photos by|story and pictures by|text and photos by|words and photos by|words and pictures by|a story by|a column by|an essay by|a report by|a review by"
    "|essay by|post by|an interview by|by author|author|authors|by",
    "de": "das gespräch führten|das gespräch führte|das interview führten|das interview führte|die fragen stellten|die fragen stellte|interview geführt von|geschrieben von|verfasst von|ein beitrag von|ein gastbeitrag von|gastbeitrag von|eine analyse von|ein kommentar von"
    "|kommentar von|ein interview von|eine kolumne von|eine reportage von|interview von|text von|analyse von"
    "|essay von|text und fotos von|ein bericht von|ein porträt von|veröffentlicht von|aufgezeichnet von|protokolliert von|eingestellt von|gepostet von|autorin|autoren|autor"
    "|von",
    "fr": "entretien réalisé par|interview réalisée par|recueilli par|recueillis par|recueillie par|propos recueillis par|écrit par|rédigé par|publié par|posté par"
    "|publiée par|postée par|un article de|une chronique de|une tribune de|une enquête de|un reportage de|un récit de|un portrait de|texte et photos de|textes et photos de|textes de|texte de|auteur|auteure|auteurs|par",
    "es": "entrevista realizada por|escrito por|publicado por|publicada por|enviado por|una crónica de|una columna de|un reportaje de|una entrevista de|entrevista de|texto y fotos de|textos de|texto de|un artículo de|redactado por|autora|autor|autores|por",
    "it": "intervista a cura di|intervista raccolta da|scritto da|a cura di|articolo di|pubblicato da|postato da|inserito da|testo e foto di|testo di|testi di|un articolo di|un'intervista di|reportage di|inchiesta di|intervista di|commento di|autore|autrice|dal nostro inviato|dalla nostra inviata"
    "|dal nostro corrispondente|di",
    "pt": "entrevista conduzida por|entrevista de|escrito por|publicado por|publicada por|postado por|postada por|enviado por|texto e fotos de|texto de|uma crónica de|uma crônica de|uma entrevista de|uma reportagem de|autor|autora|autores|por",
    "nl": "interview door|interview van|geschreven door|een artikel van|een column van|een reportage van|tekst en foto's door|tekst door|gepost door|geplaatst door|gepubliceerd door|van onze verslaggever|van onze verslaggeefster|van onze correspondent|van onze redacteur|door onze verslaggever|door onze verslaggeefster|door onze correspondent|auteur|tekst|door",
    "sv": "intervju av|skriven av|publicerad av|upplagd av|text|av",
    "da": "interview af|skrevet af|indsendt af|tekst|af",
    "no": "intervju av|skrevet av|lagt inn av|tekst|av",
    "fi": "lähettänyt|kirjoittanut|kirjoittaja|teksti",
    "pl": "rozmowę przeprowadziła|rozmowę przeprowadził|autor artykułu|rozmawiała|rozmawiał|rozmawiali|wysłuchała|wysłuchał|notowała|notował|od naszego korespondenta|od naszej korespondentki|nasz korespondent|nasza korespondentka|przygotowała|przygotował|opublikowane przez|przesłane przez|opracowała|opracował|opracowanie|autorka|autorzy|autor|tekst|napisał|napisała|przez|oprac.|oprac|opr.",
    "cs": "rozhovor vedla|rozhovor vedl|rozhovor připravila|rozhovor připravil|napsala|napsal|vystavila|vystavil|připravila|připravil|autorka|autoři|autor",
    "tr": "gönderen|haberi yazan|yazan|yazar|haber|hazırlayan",
    "ro": "scris de|publicat de|trimis de|postat de|un articol de|autor|de",
    "hu": "az interjút készítette|szöveg|bejegyezte|írta|szerző",
    "el": "συντάκτης|συντάκτρια|αναρτήθηκε από|γράφει ο|γράφει η|γράφουν οι|γράφουν|γράφει|ρεπορτάζ|κείμενο|του|της|από τον|από την|από",
    "ru": "интервью взяла|интервью взял|беседу вела|беседу вел|беседу вёл|беседовала|беседовал|материал подготовила|материал подготовил|текст подготовил|текст подготовила|подготовил|подготовила|авторы|автор|текст|написал|написала",
    "uk": "інтерв'ю взяла|інтерв'ю взяв|інтерв’ю взяла|інтерв’ю взяв|автори|авторка|автор|текст|матеріал підготувала|матеріал підготував|підготувала|підготував|спілкувалася|спілкувався|розмовляла|розмовляв|написала|написав",
    "ar": "مرسلة بواسطة|بقلم|كتبت|كتب|كتابة|إعداد|تقرير|الكاتبة|الكاتب",
    "fa": "نویسنده|نوشته|گزارش از|به قلم|خبرنگار|گزارشگر|ارسال شده توسط|نوشتهٔ|نویسندگان|گفت‌وگو از",
    "he": "פורסם על ידי|מאת",
    "hi": "लेखक|द्वारा|लेखिका|रिपोर्ट",
    "id": "diposting oleh|ditulis oleh|oleh|penulis|reporter",
    "vi": "được đăng bởi|người viết|tác giả|phóng viên|pv|theo",
    "ca": "escrit per|per|text de|redactat per|publicat per|una entrevista de|un reportatge de|una crònica de|un article de|autora|autor",
    "th": "เขียนโดย|เรื่องโดย|เรื่อง|โดย|ผู้เขียน",
    "bn": "লিখেছেন|লেখক|প্রতিবেদক",
    "ta": "எழுதியவர்|ஆக்கம்",
    "te": "రచయిత",
    "ur": "تحریر|رپورٹ|مصنف|از",
    "hr": "piše|napisao|napisala|pišu|razgovarao|razgovarala|razgovor vodio|razgovor vodila|priredio|priredila",
    "sl": "piše|avtorica|avtor",
    "lt": "autorius|autorė|parengė",
    "lv": "autors|autore",
    "et": "kirjutas",
    "ka": "ავტორი",
    "hy": "հեղինակ|հեղինակներ|պատրաստեց",
    "az": "müəllif|yazar|hazırladı",
    "cy": "ysgrifennwyd gan|adroddiad gan|erthygl gan|stori gan|awdur|gan",
    "ga": "scríofa ag|alt le|scéal le|tuairisc ó|údar|le",
    "gd": "sgrìobhte le|ùghdar|le",
    "eu": "testua|egilea|egileak|idazlea|idatzia|elkarrizketa",
    "gl": "unha entrevista de|unha reportaxe de|un artigo de|escrito por|por",
    "br": "skrivet gant|pennad gant|gant",
    "sr": "аутор|ауторка|аутори|пише|пишу|написала|написао|разговарала|разговарао|разговор водила|разговор водио|припремила|припремио|приредила|приредио",
    "mk": "автор|пишува|разговараше",
    "bg": "автор|автори|от",
    "be": "аўтар|тэкст|падрыхтавала|падрыхтаваў",
    "sk": "napísal|napísala|autor|autorka",
    "is": "höfundur|eftir",
    "sq": "shkruan|autori|autorja|nga",
    "mt": "miktub minn|minn",
    "lb": "geschriwwen vum|geschriwwe vun|vum|vun",
    "af": "geskryf deur|deur",
    "sw": "imeandikwa na|imeandaliwa na|mwandishi|na",
    "yo": "láti ọwọ́|láti ọwọ|lati ọwọ|akọ̀ròyìn|oǹkọ̀wé",
    "ha": "daga",
    "so": "qoray|waxaa qoray|qore",
    "tl": "kuwento ni|isinulat ni|ulat ni|ni",
    "ckb": "نووسینی|نووسەر|ئامادەکردنی|ڕاپۆرتی",
    "ku": "nivîskar|nûçegihan",
    "ps": "لیکوال|لیکونکی",
    "am": "ጸሐፊ|ዘጋቢ|አዘጋጅ|በ",
    "ti": "ጸሓፊ|ብ",
    "kk": "авторы",
    "uz": "muallif",
    "mn": "бичсэн|сурвалжлагч",
    "mr": "लेखिका",
    "gu": "લેખક|દ્વારા",
    "pa": "ਲੇਖਕ|ਦੁਆਰਾ",
    "kn": "ಲೇಖಕ|ಲೇಖಕರು|ಬರಹ",
    "ml": "ലേഖകൻ|ലേഖിക|എഴുതിയത്",
    "si": "ලියන්නේ|සටහන|ලේඛකයා|ලේඛිකාව|ලේඛක|ලේඛිකා|රචනය",
    "km": "អត្ថបទដោយ|អ្នកនិពន្ធ|សរសេរដោយ|ដោយ",
    "lo": "ຂຽນໂດຍ|ຜູ້ຂຽນ|ໂດຍ",
    "my": "ရေးသားသူ|စာရေးသူ",
    "ky": "жазган",
    "tg": "муаллиф",
    "eo": "verkita de|aŭtoro",
    # Before a colon alone, in any language: "Words: Nora Hale", "Reportage: Nora Hale".
    "*": "röportaj|söyleşi|elkarrizketa|cyfweliad|agallamh|entrevista de|interviu|интервју|συνέντευξη|ریپورٹ|words and pictures|words and photos|words and photographs|text and photos|text und fotos|text & fotos|texte et photos|textes et photos"
    "|texto y fotos|texto e fotos|testo e foto|tekst en foto's|tekst en beeld|tekst i zdjęcia|tekst og foto|text och foto|текст и фото|текст і фото|bài và ảnh|bài, ảnh"
    "|bài viết|bài|thực hiện|گزارش|گفتگو|گفت‌وگو|گفت وگو|مصاحبه|متن|حوار|بواسطة|כתבה|כתב|записал|записала|записав|отправлено|textes|contributors|skribent|words|story|report|reporting|interview|bericht|reportage|protokoll|texte|récit|enquête|testo|testi|texto|textos|reportaje"
    "|reportagem|entrevista|intervista",
}
_CJK_BEFORE = r"(?:(?:文|글)\s?[·・/／]\s?(?:写真|사진|图片?|圖|摄影|攝影)|文|投稿者|発信者|게시자|发帖者|發佈者|撰文|图文|圖文|作者|撰稿|记者|記者|本报记者|本報記者|特约记者|執筆者?|著者|取材・文|ライター|글쓴이|작성자|기자|글)\s*[/／|｜:：=＝・]\s*|(?:本报|本報|特约|特派)?(?:记者|記者)\s*|(?:文|글)(?:\s?[·・/／]\s?(?:写真|사진))?[ 　]+|by[ 　]+"
_CJK_AFTER = r"[ 　]*(?:ほか|他)?(?:特派員|編集委員|論説委員|本报记者|記者|记者|特約記者|撰稿|报道|報導|기자|특파원|논설위원|에디터|선임기자)[ 　=＝]*$"

CJK_BEFORE = re.compile(_CJK_BEFORE, re.I)
BY = re.compile("by +", re.I)  # what `CJK_BEFORE` finds in European letters
CJK_AFTER = re.compile(_CJK_AFTER)

# Verbs after the names, in languages that put them there.
_WROTE = {
    "tr": "yazdı|yazıyor|aktardı|bildirdi|bildiriyor|haberleştirdi",
    "az": "yazır|yazdı|yazıb|xəbər verir",
    "hu": "írta|írja|jelenti",
    "fi": "kirjoitti|kirjoittaa|raportoi",
    "et": "kirjutas|kirjutab",
    "kk": "жазды|жазады",
    "ky": "жазды|жазат",
    "uz": "yozdi|yozmoqda",
    "hi": "ने लिखा|ने लिखा है|की रिपोर्ट",
}
WROTE = {language: deferred(rf"\s(?:{verbs})[.:]?$", re.I) for language, verbs in _WROTE.items()}

_ALSO = {"no": ("nb", "nn"), "hr": ("bs",)}  # other names of a language, and languages with its words
_FORMS = sorted(
    ((form, language) for language, forms in _BEFORE.items() for form in forms.split("|")),
    key=lambda pair: -len(pair[0]),
)
LANGUAGES_OF: dict[str, set[str]] = {form: set() for form, _ in _FORMS}
for _form, _language in _FORMS:
    LANGUAGES_OF[_form].update(_ALSO.get(_language, ()), (_language,))
# Weak words also open sentences ("De la ...", "Text ..."): a colon must follow, or the page's language must be theirs.
WEAK = frozenset(
    "de di da av af per par pv del text tekst tekst haber reporter theo author autor auteur του της από"
    " gan le na gant nga ni minn deur vun vum daga от از በ ብ eftir रिपोर्ट رپورٹ تقرير".split()
) | frozenset(_BEFORE["*"].split("|"))


# "by" goes on as another word in scripts without blanks: "especially", "altogether", "passenger", "easily".
_GOES_ON = "สาร|เฉพาะ|รวม|ทั่ว|ตรง|ไม่|มี|ใช้|การ|ที่|เร็ว|ง่าย|สิ้นเชิง|ສານ|ສະເພາະ|ລວມ|ທົ່ວ|ไป|មាន|មិន|ការ|សារ|ផ្ទាល់|ឡែក"


def _led(forms: Iterable[str]) -> re.Pattern[str]:
    return deferred(
        rf"({'|'.join(map(re.escape, forms))})(\s*[:：՝፦៖]\s*|\s+|(?<=بقلم)\s*|(?<=โดย|ໂດຍ|ដោយ)(?!{_GOES_ON}))(?=\S)",
        re.I,
    )


_LED = _led(LANGUAGES_OF)


def plainly(text: str) -> str:
    """Return plain letters (`is_plain`) as they are compared where case does not count."""
    return text.lower().replace("ı", "i").replace("ς", "σ")


# By their first letter, in the order in which they are tried: to try all words where a text begins takes ten times as
# long, and most texts begin with none, so that the pattern of most letters is never compiled.
_OF_LETTER: dict[str, tuple[str, ...]] = {}
for _form, _ in _FORMS:
    _OF_LETTER[plainly(_form[0])] = (*_OF_LETTER.get(plainly(_form[0]), ()), _form)
_BEGINS = {letter: tuple(map(plainly, forms)) for letter, forms in _OF_LETTER.items()}
_BEGINNING = {letter: _led(dict.fromkeys(forms)) for letter, forms in _OF_LETTER.items()}
_LONGEST = max(map(len, LANGUAGES_OF))


def lead(text: str) -> re.Match[str] | None:
    """Find the word before names with which a text begins, and in a second group what stands after it."""
    beginning = text[:_LONGEST]
    if beginning.isascii():  # no call for most texts
        beginning = beginning.lower()
    elif is_plain(beginning := beginning.replace("ı", "i")):
        beginning = plainly(beginning)
    else:
        return _LED.match(text)
    letter = beginning[:1]
    return _BEGINNING[letter].match(text) if beginning.startswith(_BEGINS.get(letter, ())) else None


# What says "author" and nothing else; in a middle of a line only with a colon after it.
AUTHOR_LABELS = frozenset(
    "author authors autor autorin autoren autora autores autorka autorzy autoři autorius autorė autors avtor avtorica auteur auteure auteurs autore autrice szerző yazar yazan"
    " автор авторка автори авторы συντάκτης συντάκτρια kirjoittaja müəllif հեղինակ ავტორი الكاتب الكاتبة بقلم نویسنده خبرنگار گزارشگر מאת लेखक penulis ผู้เขียน โดย เรื่องโดย লেখক awdur údar egilea egileak idazlea mwandishi nivîskar muallif аўтар аутор ауторка аутори نووسینی نووسەر مصنف ጸሐፊ ዘጋቢ લેખક ਲੇਖਕ".split()
) | {"tác giả", "written by", "geschrieben von", "écrit par", "escrito por", "scritto da", "geschreven door"}

# Words between names, of which none stands within a name.
ANDS = "and|und|et|og|och|sowie|oraz|ve|və|и|та|και|และ|dan|và|și|şi|és|dhe|և|եւ|და|और|এবং|மற்றும்|మరియు|اور|agus|kaj|እና|û|және|pẹ̀lú"
_WITHS = "as told to|with|mit|avec|med|met|con|com|as well as"
# Letters without capitals are compared as they are: `re` takes twice as long to make a class in which case is none.
AND = re.compile(
    rf"\s(?:{ANDS}|{_WITHS})\s|\s?[&+]\s?|\s?(?:•|、|；|;|，|\|)\s?|\s/\s"
    rf"|\s?(?<!(?-i:[{CJK}]))·\s?|\s?·(?!(?-i:[{CJK}]))\s?|\s·\s?",  # "玛丽·居里" is one name
    re.I,
)
_PARTING = re.compile("[&+•、；;，|/·]")
_JOINING = frozenset(word.split()[0] for words in (ANDS, _WITHS) for word in words.split("|"))


def parted(text: str) -> list[str]:
    """Return what stands between the words and characters of AND; most names have none of them."""
    if _PARTING.search(text) or not is_plain(text) or not _JOINING.isdisjoint(text.lower().split()):
        return AND.split(text)
    return [text]


# Words that join names, but also stand within them ("Ortega y Gasset"): split only between whole names.
_SHORT_ANDS = {
    "es": "y|e",
    "ca": "i",
    "gl": "e",
    "it": "e|ed",
    "pt": "e",
    "pl": "i",
    "hr": "i",
    "bs": "i",
    "sr": "i",
    "sl": "in",
    "nl": "en",
    "fi": "ja",
    "et": "ja",
    "cs": "a",
    "sk": "a",
    "eu": "eta",
    "lt": "ir",
    "lv": "un",
    "uk": "і|й",
    "be": "і|ды",
}
_ARABIC_AND = r"\sو(?=\w{2})|\sو\s"
SHORT_AND = {language: re.compile(rf"\s(?:{words})\s") for language, words in _SHORT_ANDS.items()} | {
    "ar": re.compile(_ARABIC_AND),
    "he": re.compile(r"\sו(?=\w{2})|\sו-\s?"),
    "fa": re.compile(r"\sو\s"),
    "ur": re.compile(r"\sو\s"),
    "ckb": re.compile(r"\sو\s"),
    "bn": re.compile(r"\sও\s"),
    "cy": re.compile(r"\sac?\s"),
    "br": re.compile(r"\shag?\s"),
    "sw": re.compile(r"\sna\s"),
    "mt": re.compile(r"\su\s"),
    "tl": re.compile(r"\sat\s"),
    "uz": re.compile(r"\sva\s"),
    "": re.compile(rf"\s(?:{_SHORT_ANDS['es']})\s"),
}
# Those that elsewhere stand before a place or another noun: "in Malmö", "i Bergen", "en Bogotá", "a Siena".
_PLACING = frozenset({"a", "en", "i", "in", "un"})
_ANYWHERE = {word for words in (ANDS, _WITHS, *_SHORT_ANDS.values()) for word in words.split("|")} - _PLACING
_AND = r"(?:And|AND|With|WITH|Und|UND|Mit|MIT|Avec|AVEC)"


class Joints(NamedTuple):
    """What joins names where a line begins, and where one ends."""

    begins: re.Pattern[str]
    ends: re.Pattern[str]


def joints(language: str | None) -> Joints:
    """Return what joins names at the ends of a line, in small letters: "Dan Roe", "E Annie Proulx", "Steely Dan" are names.

    Such a word joins in any language, but for those that elsewhere stand before a place. "And" and "AND" do as well.
    """
    return _joints(_SHORT_ANDS.get((language or "")[:2], ""))


@cache
def _joints(own: str) -> Joints:
    words = "|".join(sorted(filter(None, {*_ANYWHERE, *own.split("|")})))
    return Joints(
        re.compile(rf"^\s*(?:(?:{words}|{_AND})\s+|[&+]\s*)"), re.compile(rf"(?:[,،、&+]|\s(?:{words}|{_AND}))\s*$")
    )


# A "source" is an author only when it is an agency.
SOURCE = re.compile(
    r"\s*(?:quellen?|source|fuente|fonte|kilde|källa|bron|źródło|kaynak|источник|джерело|来源|來源|出典|출처)\s*[:：]\s*",
    re.I,
)
CJK_WITHIN = re.compile(
    r"(?<=[ 　|])(?:文|撰文|作者|记者|記者|本报记者|執筆|著者|글)\s*[/／:：]\s*|(?<=\w)(?:记者|記者)[ 　]+(?=[\u4e00-\u9fff]{2,4}$)"
)

# Words that follow the names: before a place, and before a role, a date as well.
PLACE = re.compile(
    r"\s(?:in|at|from|aus|à|a|en|em|na|w|из|в|depuis|desde|for|für|of|of the|reporting from"
    r"|special to)\s+(?:the\s+)?(?=[A-ZÀ-ÞА-Я])"
)
PLACED = re.compile(
    PLACE.pattern + r"|\s(?:for|of|at|is|was|has|writes|schreibt|reports?|berichtet|contributed|who|covers?)\s"
)
