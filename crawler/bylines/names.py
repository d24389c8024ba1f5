"""One line of a byline -> the names in it, and the place: "Ana Pérez and Li Wei in Geneva, Reuters".

Roles, affiliations, dates and what stands in brackets are cut off; letters after a name stay with it.
"""

import re

from corpus.characters import CJK, HANGUL, KANA, may_be_cjk
from corpus.model import AuthorKind
from corpus.patterns import deferred, is_plain
from corpus.people.names import fold
from crawler.bylines.agencies import is_agency
from crawler.bylines.family_names import CHINESE, VIETNAMESE
from crawler.bylines.name_words import DESKS, EXTRAS, NOISE, ORGANISATIONS, ROLES
from crawler.bylines.organisations import is_organisation
from crawler.bylines.people import is_credential, is_outlet, judge
from crawler.bylines.roles import is_role, without_place_before, without_roles_before
from crawler.bylines.words import AND, PLACED, SHORT_AND, joints, parted
from crawler.dates.months import normal
from crawler.dates.weekdays import WEEKDAYS
from crawler.text import Caseless

_DATING = (
    "published|updated|posted|modified|aktualisiert|veröffentlicht|publié|mis à jour|publicado|actualizado|pubblicato"
    "|aggiornato|gepubliceerd|bijgewerkt|publicerad|uppdaterad|opublikowano|опубликовано|обновлено|تحديث|نشر"
)
_HAS_DATING = Caseless(_DATING)
_MARK_OF_TAIL = re.compile(r"[-\d|•·∙⋅–—―]")  # one of these, or of the words above, is in all that _TAIL finds
_TAIL = re.compile(
    rf"\s(?:[|•·∙⋅–—―]|-{{1,2}})\s.*|\s-$|(?:,?\s*(?:last\s+)?(?:{_DATING})\b.*)"
    r"|\s(?:le|el|il|em|op|den|w dniu)\s+(?=\d|(?-i:[a-zà-ÿ]+)\s\d).*"  # "el Amrani 3 May" is the end of a name
    r"|\s(?:on|am)\s+(?=\d|\w+\s\d).*"
    r"|[\s,]*\d{1,2}[./:\-]\d.*|[\s,]*\(?\d{4}年.*"
    r"|[\s,]*\d{1,2}\s+\w+\s+\d{4}.*|,?\s\w+\.?\s\d{1,2},\s\d{4}.*|\s*\d+ (?:min|comments?|kommentare)\b.*",
    re.I,
)
# "on Friday", "am Sonntag", "le lundi 3": Romance names of days have small letters, and "el" and "le" begin names.
_ON_DAY = re.compile(
    r"\s(?:(?i:on|am)\s+(\w{4,})|(?:le|el|il|em|op|den|på|w|we|v|ve|в|во|у)\s+((?=[^\W\d_A-ZÀ-ÞЀ-Я])\w{4,}))\b.*"
)
_DAY_LEADS = frozenset("on am le el il em op den på w we v ve в во у".split())  # what _ON_DAY begins with
_OPENING = re.compile(r"[(（\[【]")
_PARENS = re.compile(rf"\s*{_OPENING.pattern}[^)）\]】]*[)）\]】]")
_LISTING = re.compile("[,;،，；、|•·]")
_COMMA = re.compile(rf"\s*[,;،，；、|•]\s*|\s*(?<![{CJK}])·\s*|\s*·(?![{CJK}])\s*|\s+·\s*")
_AS_NARRATED = re.compile(r"^.*\bas told to\s+", re.I)
_AGENCY = re.compile(
    r"\s+((?:The )?Associated Press|Agence France-Presse|Thomson Reuters|Press Trust of India)(?=\s|$)"
)
_END = re.compile(r"(?:\s(?:on|in|at|for|from|of|am|le|el|by|and|um))+$")
_ROLE_AFTER = re.compile(r"^[A-ZÀ-Þ][\w.'’-]+ [A-ZÀ-Þ][\w.'’-]+ ")
_PLACE_AFTER = re.compile(r"^(?:the\s+)?([A-ZÀ-ÞА-ЯŁŚŻ][\w'’.-]*(?:[ -][A-ZÀ-ÞА-ЯŁŚŻ][\w'’.-]*){0,3})")
# "(서울=연합뉴스) 홍길동", "서울·부산=홍길동": where they write from, before who they are.
_KOREAN_PLACES = deferred(
    rf"^[(\[]?([{HANGUL}]{{2,10}}(?:\s?[·,]\s?[{HANGUL}]{{2,10}}){{0,5}})\s?=\s?(?:[{HANGUL}A-Za-z0-9]{{2,12}}[)\]]\s*|(?=[{HANGUL}]))"
)
# Chinese, Japanese and Korean names parted by spaces alone: "李小红 王强".
_SPACED = deferred(f"[{CJK}]{{1,6}}(?:[ \u3000]+[{CJK}]{{1,6}})+")
# The part of the paper that somebody works for, before the name: "経済部・佐藤美咲".
_DEPARTMENT = deferred(
    f"^(?:[{CJK}]{{2,8}}(?:部|局|課|班|室|欄|部门)[・/／]|(?:[{CJK}]{{2,6}}(?:支局|総局|编辑部|編集部|편집부)"
    f"|(?:政治|経済|社会|文化|運動|国際|外信|科学|地方|報道|生活|写真)部)[ \u3000]+)(?=[{CJK}]{{2}})"
)
TRADES = ("기자", "특파원", "논설위원")
_TRADE = re.compile(f"(?:{'|'.join(TRADES)})(?:의|가|는|님)")
# Between two whole Korean names: "김민수·박서연"; names of other tongues in Korean letters are parted by blanks.
_BEHIND_TRADE = "|".join(f"(?<={trade})" for trade in TRADES)
_HANGUL_DOT = deferred(f"(?:(?<=[{HANGUL}]{{2}})·|(?:{_BEHIND_TRADE})\\s?[·|/]\\s?)(?=[{HANGUL}]{{2,4}}(?![{HANGUL}]))")
# Between two Vietnamese names, which begin with a common family name: "Nguyễn Thu Hà - Trần Minh".
_VIETNAMESE_DASH = re.compile(rf"(?<=\w)\s[-–]\s(?=(?:{'|'.join(sorted(VIETNAMESE))})\s\w)", re.I)
_MAX_WORDS = 40
_KANA = re.compile(f"[{KANA}]")


def names_of(
    text: str, *, outlets: frozenset[str] = frozenset(), language: str | None = None
) -> tuple[list[str], str | None]:
    """Cut a byline's line into its names, and the place they wrote from."""
    signed = _KOREAN_PLACES.match(text) if may_be_cjk(text) else None
    if signed:
        return names_of(text[signed.end() :], outlets=outlets, language="ko")[0], signed[1]
    text = _plain_list(text)
    if is_outlet(fold(text), outlets):
        return [text], None
    text = _without_outlet(text, outlets)
    if is_organisation(text):
        return [text], None
    place: str | None = None
    names: list[str] = []
    closed = False  # after a role or an affiliation only a name led by "and" is another author's
    begins = joints(language).begins
    for chunk in _COMMA.split(text) if _LISTING.search(text) else (text,):
        led_by_and = bool(begins.match(chunk))
        chunk = begins.sub("", chunk, count=1).strip()
        if not chunk:
            continue
        if names and is_credential(chunk):
            names[-1] = f"{names[-1]}, {chunk}"
            continue
        telling = _telling(chunk) if names else ""
        if telling == "affiliation" or (closed and not led_by_and and not is_agency(chunk)):
            closed = True
            continue
        found, where = _of_chunk(chunk, language)
        place = place or where
        names += found
        closed = telling == "role"
    return names, place


def _plain_list(text: str) -> str:
    """Return a line with commas between names and agencies, without dates, brackets and what else stands after names.

    Most lines are a name or two: each pattern is tried where a character or word of it stands.
    """
    if "-" in text or "–" in text:
        text = _VIETNAMESE_DASH.sub(", ", text)
    if may_be_cjk(text):
        text = _HANGUL_DOT.sub(", ", text)
    if "/" in text and any(is_agency(part.strip()) for part in text.split("/")):  # "Ana Pérez/AP", "dpa/Jana Brandt"
        text = ", ".join(filter(None, map(str.strip, text.split("/"))))
    text = f" {text}"
    if _may_have_tail(text):
        text = _TAIL.sub("", text)
    if not is_plain(text) or not _DAY_LEADS.isdisjoint(text.lower().split()):
        text = _ON_DAY.sub(_without_day, text)
    text = text.strip()
    if _OPENING.search(text):
        text = _PARENS.sub("", text)
    if "told" in text.lower():
        text = _AS_NARRATED.sub("", text)
    return _AGENCY.sub(r", \1, ", text) if "Press" in text or "Reuters" in text else text


def _may_have_tail(text: str) -> bool:
    return _MARK_OF_TAIL.search(text) is not None or _HAS_DATING.is_in(text)


def _without_day(found: re.Match[str]) -> str:
    """Return nothing in place of a day of the week and what follows; what names no day stays."""
    return "" if normal(found[1] or found[2]) in WEEKDAYS else found[0]


def _without_outlet(text: str, outlets: frozenset[str]) -> str:
    """Cut off the paper's own name after a whole name: "Ana Pérez The Coast Post"."""
    words = text.split()[:_MAX_WORDS]
    for n in range(2, len(words)):
        rest = fold(" ".join(words[n:]))
        if rest and "-" in rest and is_outlet(rest, outlets):
            while n > 2 and fold(words[n - 1]) in {"the", "for", "of"}:
                n -= 1
            return " ".join(words[:n]).rstrip(" ,;|-–—")
    return text


def parts_names(text: str) -> bool:
    """Whether a text has what stands between names: a comma, a bar, "and"; blanks alone part nothing in data."""
    return bool(
        _COMMA.search(text)
        or (_OPENING.search(text) and _PARENS.search(text))
        or AND.search(f" {text} ")
        or (_may_have_tail(text) and _TAIL.search(f" {text}"))
    )


def joined_people(text: str, language: str | None, *, outlets: frozenset[str]) -> list[str]:
    """Return the two parts of a text that a letter of the page's language joins, if all that they name are people.

    "Ana Gil e Rui Sá" are two where "e" joins names; "Sport e Cultura Oggi" is one text.
    """
    parts = _short(text, language) if (language or "")[:2] in SHORT_AND else [text]
    if len(parts) < 2 or is_organisation(text):
        return [text]
    judged = [judge(name, outlets=outlets).author for part in parts for name in names_of(part, language=language)[0]]
    return parts if all(author and author.kind is AuthorKind.PERSON for author in judged) else [text]


def _telling(chunk: str) -> str:
    """Say whether a part of a list is what somebody is ("Senior Editor"), or where they work ("Daily News")."""
    words = fold(chunk).split("-")
    has_role = any(map(is_role, words))
    if has_role and not _ROLE_AFTER.match(chunk):
        return "affiliation"
    if any(word in ORGANISATIONS for word in words) and not is_agency(chunk):
        return "affiliation"
    return "role" if has_role else ""


def _of_chunk(chunk: str, language: str | None) -> tuple[list[str], str | None]:
    names: list[str] = []
    place: str | None = None
    parts = [part for piece in parted(chunk) if piece for part in _short(piece, language)]
    for written in parts:
        part, before = without_place_before(written)
        name, where = _placed(part)
        place = place or before
        place = place or where
        name = _END.sub("", name)
        name = _DEPARTMENT.sub("", name) if may_be_cjk(name) else name
        if may_be_cjk(name) and _SPACED.fullmatch(name):
            names += _of_spaced(_without_trades(name.split()), language)
        elif name.strip():
            names.append(_without_menu(_without_role(without_roles_before(name))))
    return names, place


def _without_trades(words: list[str]) -> list[str]:
    """Leave out the trades between names ("李晓红 通讯员 王强"), and what follows "기자의"."""
    first = next((n for n, word in enumerate(words) if n and _TRADE.match(word) and not is_role(word)), len(words))
    return [word for word in words[:first] if not is_role(word)]


def _of_spaced(words: list[str], language: str | None) -> list[str]:
    """Read Chinese, Japanese or Korean words parted by blanks: names, or the family's name and the given one.

    Japanese puts the blank within a name, Chinese between names; a word of one letter is never a whole name.
    """
    apart = len(words) % 2 == 0 and all(len(word) <= 4 for word in words)
    single = any(len(word) == 1 for word in words)
    japanese = (language or "")[:2] == "ja" or any(map(_KANA.search, words))
    chinese = all(word[0] in CHINESE and len(word) in {2, 3} for word in words)
    unsaid = (language or "")[:2] not in {"zh", "ko"} and len(words) == 2 and not chinese
    if apart and (single or japanese or unsaid):
        return [f"{family} {given}" for family, given in zip(words[::2], words[1::2], strict=True)]
    return words


def _placed(part: str) -> tuple[str, str | None]:
    """Cut off where somebody writes from: "Li Wei in Geneva"; an "Institute of ..." is left whole."""
    padded = f" {part}"
    cut = PLACED.search(padded) if " " in part else None
    if not cut or not cut.start() or not ORGANISATIONS.isdisjoint(fold(padded[: cut.start()]).split("-")):
        return part, None
    after = _PLACE_AFTER.match(padded[cut.end() :])
    return padded[: cut.start()].strip(), after[1] if after and fold(after[1]) else None


def _without_role(name: str) -> str:
    """Cut off the role that follows a name without a comma: "David Colman Special Correspondent"."""
    words = name.split()
    if len(words) < 3 or not is_role(fold(words[-1])):
        return name
    first = next((n for n, word in enumerate(words) if n >= 2 and is_role(fold(word))), None)
    return " ".join(words[:first]) if first and not any(fold(word) in DESKS | ROLES for word in words[:first]) else name


def _without_menu(name: str) -> str:
    """Cut off a button's text after a whole name: "Nora Hale Email the author", "Nora Hale Follow"."""
    words = name.split()
    first = next((n for n, word in enumerate(words) if n >= 2 and fold(word) in EXTRAS), None)
    if first is None or any(fold(word) in NOISE or not word[:1].isupper() for word in words[:first]):
        return name
    return " ".join(words[:first])


def _short(piece: str, language: str | None) -> list[str]:
    """Split at the letter that joins names ("Ana Ruiz y Li Wei"), but not within one ("Ortega y Gasset")."""
    joint = SHORT_AND.get((language or "")[:2], SHORT_AND[""])
    for match in reversed(list(joint.finditer(piece))):
        before, after = piece[: match.start()].strip(), piece[match.end() :].strip()
        if before.count(" ") >= 1 and after.count(" ") >= 1:
            return [before, after]
    return [piece]
