"""Blocks judged to be the story -> the story alone: heads, captions, "read also", boxes, tails and copies out.

Each rule names the kept blocks it would drop; what it drops, and the words said of it, are what `--explain`
shows. A rule is here because cross-validation or a page's plain sense asks for it; bench/extraction measures them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.body.boilerplate import recurring
from crawler.body.classify import Verdict
from crawler.markup.blocks import HEADINGS, TELLING, Blocks

PROSE = 80  # characters; the first kept block of this size with a full stop is where the story begins
_COPY = 40  # a shorter line may be said twice
_MIN_LEFT = 0.5  # of the text must stay when a rule works on marks that may be wrong

_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?…。！？؟।][\"'”’»」)]*$")
_DATE = re.compile(
    r"\W*(?:(?:published|updated|posted|last updated|last modified|modified|on|date)\W+)*"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\W+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\W+\w{3,9}\W+\d{4}|\w{3,9}\.?\W+\d{1,2}(?:st|nd|rd|th)?\W+\d{4}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
    r"(?:\W+(?:at|um|à|a las)?\W*\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?)?(?:\W*(?:[ap]\.?m\.?|[a-z]{2,4}|uhr))*\W*",
    re.I,
)
_AND_UPDATED = re.compile(r"[,;|]\s+(?=(?:last )?(?:updated|modified)\b)", re.I)
_BYLINE = re.compile(r"\W*(?:written |posted |story |words |report )?(?:by|von|par|por|di|door|av|af)\b[\s:]+\S", re.I)
_NAMES = re.compile(r"\W*[A-ZÀ-ÞА-Я][\w.'’-]*(?: (?:[A-ZÀ-ÞА-Я][\w.'’-]*|de|van|von|bin|al|di|da|der|la)){1,3}\W*")
_CREDIT = re.compile(
    r"^(?:FILE|File photo|Photo|Image|Picture|Foto|Bild|Crédit photo|Photo credit)\s*[:—–-]\s"
    r"|\(AP Photo/|/(?:Getty Images|AFP|AP)\)?\.?$|\bPhoto by [A-Z]|^(?:Photograph|Image|Credit|Source): ",
)
_ALSO = re.compile(
    r"\W*(?:read (?:more|also|next|now|on)|also read|related|see also|more(?: on| from)?|watch|listen|don.t miss"
    r"|you (?:may|might) also(?: like)?|recommended|click here|further reading|must read|up next|trending"
    r"|lesen sie auch|mehr zum thema|siehe auch|lire aussi|à lire aussi|voir aussi|lea también|lee también"
    r"|te puede interesar|leia (?:também|mais)|veja também|leggi anche|lees ook|läs också|les også|læs også"
    r"|czytaj też|czytaj także|читайте также|смотрите также|延伸閱讀|相关阅读|関連記事|관련기사"
    r"|اقرأ أيضا)\b.{0,20}?[:：>»|–-]",
    re.I,
)
_FURNITURE = re.compile(
    r"\W*(?:advertisement|advertising|ad|sponsored|(?:story|article) continues below.{0,30}"
    r"|continue reading.{0,30}|share(?: this)?(?: article| story| page)?|print|e-?mail|comments?|tags?|loading|save"
    r"|copy link|view comments|leave a (?:comment|reply)|topics|listen to (?:this )?article.{0,20}|anzeige|werbung"
    r"|publicité|publicidad|pubblicità|advertentie|reklama?|реклама|広告|广告|광고|إعلان)\W*",
    re.I,
)
_APPEAL = re.compile(
    r"\b(?:support (?:our|us|independent|quality)|your (?:contribution|donation)|as little as [$£€]"
    r"|(?:contribut|donat)(?:e|ing) (?:now|today|here|as|to (?:us|our))|without your (?:help|support)"
    r"|(?:keep our stories|journalism|democracy are at stake)|become a (?:member|subscriber|supporter)"
    r"|our (?:journalism|newsroom|journalists|reporters|readers)|paywalls?"
    r"|(?:we|site|partners|website)\W.{0,60}\bcookies|cookies? (?:policy|settings|preferences|notice)|your consent"
    r"|opt[ -]out|(?:your|our) privacy|sale of your personal|personal(?:ly identifiable)? (?:information|data))\b",
    re.I,
)
_APPEAL_WORDS = (
    "cookie",
    "consent",
    "newsroom",
    "journalis",
    "as little as",
    "donat",
    "contribution",
    "privacy",
    "opt out",
    "opt-out",
)
_TAIL = re.compile(
    r"\W*(?:related (?:posts?|stories|articles|content|news|topics|reading)|more (?:stories|news|on this(?: story)?"
    r"|from .{2,40})|you may also like|recommended(?: for you| stories| reading)?|most (?:read|popular|viewed)"
    r"|about the authors?|leave a (?:reply|comment)|comments|tags|share this(?: post| article)?|read next|up next"
    r"|trending(?: now)?|latest (?:news|stories)|mehr zum thema|das könnte sie auch interessieren|sur le même sujet"
    r"|à lire aussi|noticias relacionadas|leia também|veja também|articoli correlati|lees ook|читайте также|по теме"
    r"|関連記事|相关文章|相关阅读|相关新闻|관련기사|مواضيع ذات صلة)\W*",
    re.I,
)


_LETTER = ("newsletter", "inbox", "lettre d", "infolettre", "boletin", "boletín", "nieuwsbrief", "nyhetsbrev")
_SIGN_UP = re.compile(
    r"\b(?:sign up|subscribe|delivered|enter your|abonnier\w+|anmelden|inscri\w+|abonnez|suscr[íi]b\w+|schrijf)\b"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """What is known of the story besides its blocks: headline, standfirst, byline and authors, as printed."""

    headline: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    standfirst: str = ""


@dataclass(frozen=True, slots=True)
class _Story:
    blocks: Blocks
    verdict: Verdict
    cues: Cues

    @property
    def chosen(self) -> tuple[int, ...]:
        return self.verdict.chosen

    def text(self, n: int) -> str:
        return self.blocks.texts[n]

    def linked(self, n: int) -> float:
        return self.blocks.link_chars[n] / max(len(self.blocks.texts[n]), 1)

    def stands_in(self, n: int, tag: str) -> bool:
        return bool(self.blocks.within[self.blocks.owners[n]] >> TELLING.index(tag) & 1)

    def lead(self) -> int:
        """The block the story begins with; past the last when there is no prose."""
        for n in self.chosen:
            if len(self.text(n)) >= PROSE and _STOP.search(self.text(n)) and self.linked(n) < 0.5:
                return n
        return len(self.blocks)

    def enough_without(self, blocks: frozenset[int]) -> bool:
        left = sum(len(self.text(n)) for n in self.chosen if n not in blocks)
        return left >= _MIN_LEFT * sum(len(self.text(n)) for n in self.chosen)


def clean(blocks: Blocks, verdict: Verdict, cues: Cues, boilerplate: frozenset[int] = frozenset()) -> Verdict:
    """Return the verdict after every rule, each seeing what the rules before it left."""
    for reason, rule in _RULES:
        verdict = verdict.without(frozenset(rule(_Story(blocks, verdict, cues))), reason)
    return verdict.without(recurring(blocks.texts, verdict.chosen, boilerplate), "recurs on this source's pages")


def _hidden(story: _Story) -> Sequence[int]:
    found = frozenset(n for n in story.chosen if story.blocks.hidden[story.blocks.owners[n]])
    return tuple(found) if story.enough_without(found) else ()


def _footer(story: _Story) -> Sequence[int]:
    found = frozenset(n for n in story.chosen if story.stands_in(n, "footer"))
    return tuple(found) if story.enough_without(found) else ()


def _copies(story: _Story) -> Sequence[int]:
    seen: set[str] = set()
    found = []
    for n in story.chosen:
        text = story.text(n)
        if len(text) > _COPY:
            if text in seen:
                found.append(n)
            seen.add(text)
    return found


def _headline(story: _Story) -> Sequence[int]:
    words = _words(story.cues.headline)
    lead = story.lead()
    return [n for n in story.chosen if n < lead and words and _alike(_words(story.text(n)), words) >= 0.75]


def _standfirst(story: _Story) -> Sequence[int]:
    """The paragraph that introduces the story, where it stands before it: a field of its own."""
    first = frozenset(n for n in story.chosen[:3] if story.cues.standfirst and story.text(n) == story.cues.standfirst)
    return tuple(first) if story.enough_without(first) else ()


def _letters(story: _Story) -> Sequence[int]:
    """A box among the paragraphs that offers the paper's letter."""
    found = frozenset(n for n in story.chosen if len(story.text(n)) < 250 and _offers_letter(story.text(n).lower()))
    return tuple(found) if len(found) <= 2 and story.enough_without(found) else ()


def _offers_letter(text: str) -> bool:
    return any(word in text for word in _LETTER) and bool(_SIGN_UP.search(text))


def _heads(story: _Story) -> Sequence[int]:
    """Byline and date lines, and other short lines without a full stop, before the story begins."""
    lead = story.lead()
    return [n for n in story.chosen if n < lead and len(story.text(n)) < 150 and _is_head(story, n)]


def _is_head(story: _Story, n: int) -> bool:
    text = story.text(n)
    if all(map(_DATE.fullmatch, _AND_UPDATED.split(text))) or (_BYLINE.match(text) and not _STOP.search(text)):
        return True
    if story.cues.byline and _words(text) == _words(story.cues.byline):
        return True
    if len(text) >= 60 or _STOP.search(text) or story.blocks.tag(n) in HEADINGS:
        return False
    return story.verdict.chances[n] < 0.8 or bool(_NAMES.fullmatch(text)) or _is_author(story, text)


def _is_author(story: _Story, text: str) -> bool:
    """Whether a line is much like an author's name: a portrait's caption, perhaps misspelled."""
    return any(_alike(_words(text), _words(name)) >= 0.3 for name in story.cues.authors)


def _captions(story: _Story) -> Sequence[int]:
    chances = story.verdict.chances
    return [
        n
        for n in story.chosen
        if story.stands_in(n, "figcaption")
        or (story.stands_in(n, "figure") and chances[n] < 0.6)
        or (len(story.text(n)) < 400 and _CREDIT.search(story.text(n)))
    ]


def _also(story: _Story) -> Sequence[int]:
    return [
        n for n in story.chosen if len(story.text(n)) < 300 and story.linked(n) > 0.4 and _ALSO.match(story.text(n))
    ]


def _appeals(story: _Story) -> Sequence[int]:
    """Boxes that ask for money or consent: paragraphs side by side, many of which say so, apart from the rest."""
    said = "\n".join(story.text(n) for n in story.chosen).lower()
    if not any(word in said for word in _APPEAL_WORDS):
        return ()
    boxes: dict[int, list[int]] = {}
    for n in story.chosen:
        boxes.setdefault(story.blocks.parents[story.blocks.owners[n]], []).append(n)
    found: list[int] = []
    for box in boxes.values():
        asking = sum(bool(_APPEAL.search(story.text(n))) for n in box)
        if len(box) <= 12 and asking >= max(2, len(box) / 2) and len(box) < len(story.chosen) / 2 + 4:
            found += box
    return found if len(found) < len(story.chosen) else ()


def _furniture(story: _Story) -> Sequence[int]:
    return [n for n in story.chosen if len(story.text(n)) < 80 and _FURNITURE.fullmatch(story.text(n))]


def _tail(story: _Story) -> Sequence[int]:
    """What follows a line such as "Related posts" after most of the story, and headings nothing follows."""
    whole = sum(len(story.text(n)) for n in story.chosen)
    hints = 0
    end = len(story.chosen)
    for place, n in enumerate(story.chosen):
        if hints >= 0.7 * whole and len(story.text(n)) < 60 and _TAIL.fullmatch(story.text(n)):
            end = place
            break
        hints += len(story.text(n))
    while end and story.blocks.tag(story.chosen[end - 1]) in HEADINGS:
        end -= 1
    return story.chosen[end:] if end else ()


_RULES: tuple[tuple[str, Callable[[_Story], Sequence[int]]], ...] = (
    ("marked as hidden", _hidden),
    ("stands in a footer", _footer),
    ("copy of a paragraph above", _copies),
    ("the headline", _headline),
    ("the standfirst", _standfirst),
    ("offers the paper's letter", _letters),
    ("line before the story: byline, date or caption", _heads),
    ("caption or credit", _captions),
    ("link to another story", _also),
    ("asks for money or consent", _appeals),
    ("furniture of the page", _furniture),
    ("after the story's end", _tail),
)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _alike(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / len(some | others) if some and others else 0.0
