"""The words of what stands after a press release: its end, who sent it, whom to ask, notes to editors, its files."""

import re

from crawler.text import Caseless

MAX_NAME = 60  # letters of a name under "About"
ENDED = re.compile(
    r"\W*(?:#{2,5}|#\s#\s#|-\s?30\s?-|ends?|fin|fine|ende|fim|einde|slut|koniec|конец)\W*", re.IGNORECASE
)
# Of the marks above, words are one only between dashes, in capitals or alone: "Ende" may also head a chapter.
MARKED = re.compile(r"\W*#|\W*-?\s?30|\W*[A-ZÀ-ÞА-Я]+\W*\Z|\s*[-–—*]")
ABOUT = re.compile(
    r"\W{0,3}(?:(?:about|über|sobre|acerca de|over|om|su|o|tietoa|tentang|về|despre|hakkında)\s"
    r"|(?:à propos|au sujet) (?:de |d['’]|du |des )|informazioni su |chi è |qui est |quiénes somos|wer ist "
    r"|о (?:компании|предприятии|фонде|группе|банке|университете)|про (?:компанію)"
    r"|o (?:firmie|spółce|grupie|fundacji|společnosti|firmě)|σχετικά με "
    r"|关于|關於|نبذة عن|حول|عن |درباره|אודות|על )(?P<name>.*)"
    r"|(?P<before>.{2,60}?)\s?(?:について|(?:회사 )?소개|에 대하여|hakkında)\W*",
    re.IGNORECASE,
)
CONTACT = Caseless(
    r"(?<!\w)(?:contacts?|inquir(?:y|ies)|enquir(?:y|ies)|press office|for interviews?|further information"
    r"|(?:more|additional) information|kontakte?|kontaktdaten|pressekontakte?|pressestelle|ansprechpartner(?:in)?"
    r"|rückfragen|weitere informationen|(?:service de |relations? )presse|relations médias"
    r"|(?:pour )?(?:en savoir plus|plus d.informations?)"
    r"|contactos?|(?:para )?más información|contatos?|mais informações|contatt[oi]|ufficio stampa"
    r"|(?:per )?(?:ulteriori|maggiori) informazioni|perscontact|contactpersoon|(?:voor )?meer informatie"
    r"|(?:press)?kontakt(?:er|personer)?|presskontakt|mer information|yhteystiedot|lisätietoja|kontakt dla mediów"
    r"|biuro prasowe|kontakt pro média|контакты?|пресс-служба|для сми|контакти|iletişim|basın|sajtókapcsolat"
    r"|kontak|liên hệ|επικοινωνία)(?!\w)"
    r"|お?問い?合わせ|連絡先|联系|聯[繫絡]|联络|문의|연락처"
    r"|للتواصل|للاتصال|جهة الاتصال|لمزيد من المعلومات|تماس|ליצירת קשר|ติดต่อ"
)
NOTES = Caseless(
    r"(?<!\w)(?:notes? (?:to|for) (?:the )?(?:editors?|journalists?)|editors?['’]s? notes?|(?:background )?notes"
    r"|forward[- ]looking (?:statements?|information)|safe harbou?r|cautionary (?:statements?|note)|disclaimer"
    r"|non-gaap|hinweise? (?:für|an) (?:die )?redaktion(?:en)?|zukunftsgerichtete aussagen|haftungsausschluss"
    r"|originalpublikation(?:en)?|publikation|bildmaterial|bildunterschrift|bildnachweis|downloads?|anhang|anlagen?"
    r"|notes? aux (?:rédactions|rédacteurs|éditeurs)|(?:déclarations|énoncés) prospecti(?:ve|f)s|pièces? jointes?"
    r"|avertissement|notas? (?:para|a) (?:los |la )?(?:editor|prensa|redac)\w*|declaraciones prospectivas"
    r"|(?:archivos )?adjuntos?|descargas?|nota (?:per|a) (?:la |i )?redazion\w+|note per (?:la|i) \w+"
    r"|allegati?|nota (?:ao|aos) editor\w*|anexos?|noot voor (?:de )?redacti\w+|niet voor publicatie|bijlagen?"
    r"|not(?:er)? till redaktion\w*|bifogade filer|bilagor|vedlegg|bilag|liitteet|informacja dla redakcji"
    r"|załączniki?|do pobrania|přílohy|примечани[ея]|приложени[ея]|файлы|attachments?|multimedia|press kit"
    r"|original publication|reference|more details)(?!\w)"
    r"|添付|资料下载|附件|첨부|المرفقات|ملاحظات للمحررين|免责声明|前瞻性"
)
_HOST, _SPELT_AT = r"[\w-]{1,60}\.\w", r"\s?[\[(]at[\])]\s?"
# The number of a telephone; what may not stand before it is asked after its first character, as few begin one.
# The last range has all digits beyond ASCII: `re` passes over other characters by ranges in a third of the time of \d.
_TELEPHONE = (
    "[+(0-9\u0660-\U0010ffff]"
    r"(?<![\w.,/-].)(?:(?:(?<=\+)\s?\d|(?<=\()\+?\d{2,5}\)|(?<=0)0?\d)[\d\s()/.–-]{6,18}\d"
    r"|(?:(?<=\()\d{3}\)\s?|(?<=\d)\d\d[-.\s])\d{3}[-.\s]\d{4})(?!\w)"
)
REACHED = re.compile(rf"[\w.+-]{{1,64}}(?:@|{_SPELT_AT}){_HOST}|{_TELEPHONE}")  # or an address of mail
_NUMBER = re.compile(_TELEPHONE)
_MAIL, _SPELT_MAIL = re.compile(rf"@(?<=[\w.+-]@){_HOST}"), re.compile(rf"(?<=[\w.+-]){_SPELT_AT}{_HOST}")
_SITE = re.compile(r"(?<!\w)(?:https?://|www\.)\w")


def reaches(text: str) -> bool:
    """Return whether `REACHED` is found in a text: an address of mail by its "@", as any word may begin one."""
    if _MAIL.search(text) or (("at)" in text or "at]" in text) and _SPELT_MAIL.search(text)):
        return True
    return _NUMBER.search(text) is not None


def names_site(text: str) -> bool:
    """Return whether a text has the address of a site."""
    return ("://" in text or "www." in text) and _SITE.search(text) is not None
