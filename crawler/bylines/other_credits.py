"""A line of a byline -> what stands before those who did anything but write: pictures, checks, editing, translations.

"By Ana Pérez, photos by Sam Roe" -> "By Ana Pérez", "Sam Roe".
"""

# ruff: noqa: E501 - lists of words, one line a kind or a language

import re

from corpus.characters import may_be_cjk
from corpus.patterns import deferred
from crawler.bylines.words import CJK_BEFORE, lead
from crawler.text import Caseless

# Introduces people who did not write the article.
_OTHERS_WORDS = (
    r"\b(?:(?:medically |clinically |expert |technically |legally )?(?:review(?:ed)?|verified|vetted)(?: by"
    r"| for accuracy by)|(?:fact[- ]?check(?:ed)?|approved|edited|curated|compiled"
    r"|produced|updated|translated|photographed|illustrated|filmed|hosted|narrated|reviewer|editor|designed"
    r"|powered|sponsored|presented|brought to you|moderated|read) by"
    r"|(?:photos?|photographs?|photography|pictures?|images?|illustrations?|graphics?|video|videos|art|artwork"
    r"|music|cover|header image)(?: by| credit| courtesy|:)"
    r"|(?:foto|fotos|foto['’]s|beeld|fotografie|bild|bilder|photo|photos|fotografia|fotografías?|illustration|ilustración|zdjęcia"
    r"|fotografía|fotografii|ảnh|фото|світлини|εικόνες|φωτογραφίες|fotoğraf(?:lar)?|traduction|traducción|tradução|traduzione|übersetzung|vertaling|translation"
    r"|tłumaczenie|przekład|переклад|перевод|dịch|biên dịch)\s?(?::|von|de|par|di|av|af)"
    r"|(?:vertaald door|traduit par|traducido por|traduzido por|übersetzt von|tłumaczył[ao]?|przełożył[ao]?)(?=\s)"
    r"|(?:with )?contributions? (?:from|by)|additional (?:reporting|research|writing) by|(?:data )?(?:analysis"
    r"|research|testing) by|tested by|fact[- ]?checked"
    r"|(?:kuvat?|valokuvat?|fotod|fotók?|снимк[аи]|фотографи[ије]|fotografije|illustrationen|翻訳)\s?[:：]|(?:mga larawan ni|snimio|snimila|tłum\.)(?=\s)"
    r"|(?<=[.,،|/] )(?:перевод|переклад|ترجمه|ترجمة|illustration|illustrations)(?=\s)|(?<=\s)(?:foto['’]s|ภาพ)(?=\s)"
    r"|редактор:|编辑[:：]|編集[:：]|责编|责任编辑|校对|图[/／]|摄影|写真[:：/／=＝・]|撮影|사진).*"
    r"|(?:عکس(?:ها)?|تصاویر|تصوير|صور|ترجمه|ترجمة|צילום|צילומים|תרגום|ภาพ|แปล)\s?[:：].*"
)
_OTHERS, _HAS_OTHERS = deferred(_OTHERS_WORDS, re.I), Caseless(_OTHERS_WORDS)
_OTHERS_LEAD = re.compile(r"^.*?(?:by|from|von|par|de|di|av|af|:|credit|courtesy|[/／])(?=\s|:|$|[/／])\s*", re.I)


def credits_others(line: str) -> bool:
    """Return whether a line says who did anything but write: "Photo: Sam Roe", "Fact-checked by Li Wei"."""
    return _HAS_OTHERS.is_in(line)


def parted_from_others(line: str) -> tuple[str, str] | None:
    """Return what stands before the words for other work, and whom they name; None where no such words lead."""
    if not credits_others(line):
        return None
    label = lead(line)  # "Text and photos: Ana Pérez": who took the pictures wrote it
    dense = CJK_BEFORE.match(line) if label is None and may_be_cjk(line) else None  # "글·사진 ...", too
    leading = label if label and (" " in label[1] or not label[2].isspace()) else dense
    match = _OTHERS.search(line, leading.end() if leading else 0)
    if not match:
        return None
    return line[: match.start()].strip(" ,;|-–—·•("), _OTHERS_LEAD.sub("", match[0]).strip(" :")
