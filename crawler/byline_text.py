"""A printed byline -> its names: "By Ana Pérez and Li Wei in Geneva, Reuters | 3 May 2024".

Lines are read one by one; a line break stands between elements of the page that touch. What follows a name
(a place, a role, a date, "in Geneva") is cut off, never letters inside a name.
"""

import re
from dataclasses import dataclass

from corpus.model import Author, AuthorKind
from corpus.names import fold
from crawler.byline_words import AND, ARABIC_AND, BEFORE, CJK_AFTER, CJK_BEFORE, LANGUAGE_OF, PLACED, SHORT_AND, WEAK
from crawler.people import clean, is_credential, judge

MAX_TEXT = 600
MAX_NAMES = 40

# Somebody, but not who wrote it.
_OTHERS = re.compile(
    r"\b(?:(?:medically |clinically |expert |technically |legally )?(?:review(?:ed)?|verified|vetted)(?: by"
    r"| for accuracy by)|(?:fact[- ]?check(?:ed)?|approved|edited|curated|compiled"
    r"|produced|updated|translated|photographed|illustrated|filmed|hosted|narrated|reviewer|editor|designed"
    r"|powered|sponsored|presented|brought to you|moderated|read) by"
    r"|(?:photos?|photographs?|photography|pictures?|images?|illustrations?|graphics?|video|videos|art|artwork"
    r"|music|cover|header image)(?: by| credit| courtesy|:)"
    r"|(?:foto|fotos|fotografie|bild|bilder|photo|photos|fotografia|fotografías?|illustration|ilustración|zdjęcia"
    r"|фото|traduction|traducción|übersetzung|translation)\s?(?::|von|de|par|di|av|af)"
    r"|редактор:|编辑[:：]|編集[:：]|责编|责任编辑|校对|图[/／]|摄影|写真[:：/／=＝]|撮影|사진).*",
    re.I,
)
_TAIL = re.compile(
    r"\s(?:[|•·–—―]|-{1,2})\s.*|\s-$|(?:,?\s*(?:last\s+)?(?:published|updated|posted|modified|aktualisiert"
    r"|veröffentlicht|publié|mis à jour|publicado|actualizado"
    r"|pubblicato|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|opublikowano|опубликовано|обновлено"
    r"|تحديث|نشر)\b.*)"
    r"|\s(?:on|am|le|el|il|em|op|den|w dniu)\s+(?=\d|\w+\s\d).*|[\s,]*\d{1,2}[./:\-]\d.*|[\s,]*\(?\d{4}年.*"
    r"|[\s,]*\d{1,2}\s+\w+\s+\d{4}.*|,?\s\w+\.?\s\d{1,2},\s\d{4}.*|\s*\d+ (?:min|comments?|kommentare)\b.*",
    re.I,
)
_PARENS = re.compile(r"\s*[(（\[【][^)）\]】]*[)）\]】]")
_PLACE_AFTER = re.compile(r"^(?:the\s+)?([A-ZÀ-ÞА-ЯŁŚŻ][\w'’.-]*(?:[ -][A-ZÀ-ÞА-ЯŁŚŻ][\w'’.-]*){0,3})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a byline gave: its authors in order, where they wrote, whether a word such as "By" led them."""

    authors: tuple[Author, ...] = ()
    place: str | None = None
    led: bool = False
    rejected: tuple[tuple[str, str], ...] = ()


def read_byline(
    text: str, *, language: str | None = None, outlets: frozenset[str] = frozenset(), handles: bool = False
) -> Reading:
    """Read the names of a byline.

    Args:
        text: The byline as printed; line breaks where elements of the page met.
        language: Of the page; "di" or "de" lead a byline only where that language is written.
        outlets: Folded names of the outlet.
        handles: Take a single word in lower case as a name.
    """
    authors: dict[str, Author] = {}
    rejected: list[tuple[str, str]] = []
    place: str | None = None
    led = waiting = skip = False
    for line in _lines(text):
        if skip:
            skip = False
            continue
        others = _OTHERS.search(line)
        if others:
            skip = not re.sub(r"^.*?(?:by|von|par|de|di|:|credit|courtesy|[/／])\s*", "", others[0], flags=re.I).strip(
                " :"
            )
            line = line[: others.start()].strip(" ,;|-–—·•(")
            if not line:
                continue
        rest, led_here = without_lead(line, language)
        if led_here and not led and authors:
            authors.clear()  # what stood before "By" was something else
        led = led or led_here or waiting
        waiting = led_here and not rest
        if not rest:
            continue
        names, where = _names(rest)
        place = place or where
        for name in names:
            judged = judge(name, outlets=outlets, handles=handles)
            if judged.author and judged.author.key not in authors and len(authors) < MAX_NAMES:
                authors[judged.author.key] = judged.author
            elif not judged.author and name:
                rejected.append((name, judged.why))
    return Reading(_without_places(authors), place, led, tuple(rejected))


def without_lead(line: str, language: str | None) -> tuple[str, bool]:
    """Return a line without its "By", "Von", "文/" ..., and whether it had one."""
    match = CJK_BEFORE.match(line)
    if match:
        return line[match.end() :], True
    tail = CJK_AFTER.search(line)
    if tail:
        return line[: tail.start()], True
    padded = line if line[-1:].isspace() else line + " "
    match = BEFORE.match(padded) or (
        BEFORE.match(padded + "x") if padded.strip(" :：").casefold() in LANGUAGE_OF else None
    )
    if not match:
        middle = _WITHIN.search(line)
        return (line[middle.end() :], True) if middle else (line, False)
    word = match[1].casefold()
    if (
        word in WEAK
        and ":" not in match[2]
        and "：" not in match[2]
        and (language or "")[:2] != LANGUAGE_OF[word]
        and word != "par"
    ):
        return line, False
    return line[match.end(1) :].lstrip(" :："), True


_WITHIN = re.compile(
    r"(?:^|[\s|•·\d,.)])(?:[Ww]ritten [Bb]y|WRITTEN BY|[Pp]osted [Bb]y|By|BY|[Ss]tory by"
    r"|[Rr]eported [Bb]y):?\s+(?=[A-ZÀ-Þ])"
)


def _lines(text: str) -> list[str]:
    return [line for part in text[:MAX_TEXT].splitlines()[:30] if (line := clean(part))]


def _names(text: str) -> tuple[list[str], str | None]:
    """Cut a byline's line into its names, and the place they wrote from."""
    text = _TAIL.sub("", " " + text).strip()
    text = _PARENS.sub("", text)
    place = None
    names: list[str] = []
    for part in _parts(text):
        cut = PLACED.search(f" {part}") if " " in part else None
        if cut and cut.start() > 0:
            after = _PLACE_AFTER.match(f" {part}"[cut.end() :])
            place = place or (after[1] if after and fold(after[1]) else None)
            part = f" {part}"[: cut.start()].strip()
        names.append(part)
    return names, place


def _parts(text: str) -> list[str]:
    """Split at commas, "and" and their like; letters after a name stay with it."""
    pieces: list[str] = []
    for chunk in AND.split(text):
        for piece in re.split(r"\s*[,;،]\s*(?:and\s|und\s|et\s|y\s|e\s|og\s|och\s)?", chunk):
            if pieces and is_credential(piece):
                pieces[-1] = f"{pieces[-1]}, {piece}"
            elif piece:
                pieces += _short(piece)
    return [piece for piece in pieces if piece.strip()]


def _short(piece: str) -> list[str]:
    """Split at a letter that joins names ("Ana Ruiz y Li Wei"), but not within one ("Ortega y Gasset")."""
    for joint in (SHORT_AND, ARABIC_AND):
        match = joint.search(piece)
        if match:
            before, after = piece[: match.start()].strip(), piece[match.end() :].strip()
            if before.count(" ") >= 1 and after.count(" ") >= 1 and not after[0].islower():
                return [before, *_short(after)]
    return [piece]


def _without_places(authors: dict[str, Author]) -> tuple[Author, ...]:
    """Drop single words after whole names: "Ana Pérez, Geneva", unless all are single words."""
    people = [author for author in authors.values() if author.kind is AuthorKind.PERSON]
    if any(" " in author.name for author in people[:1]):
        return tuple(
            author
            for author in authors.values()
            if author.kind is not AuthorKind.PERSON or " " in author.name or not author.name.isascii()
        )
    return tuple(authors.values())
