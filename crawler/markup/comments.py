"""The names of an element (class, id) -> whether it holds readers' comments, by the word of its language or service.

`SURE` names comments alone. `LIKELY` names them mostly, and sometimes a chapter of a story ("Reactions"): it decides
whose a byline or a date is, and never drops text.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, islice
from typing import TYPE_CHECKING

from crawler.text import Caseless

if TYPE_CHECKING:  # names of elements are asked about where no page is read
    from lxml import etree

MAX_ELEMENTS = 4_000  # of one part that are looked at
NEAREST = 5  # elements around a heading whose names say whether it is of comments
MAX_TEXTS = 30  # of one comment
MAX_NAME = 60  # characters of the line with which a comment begins: who wrote it, and when
MAX_HEADING, MAX_WORDS = 40, 4  # characters and words of the line over all comments
MAX_ID = 60  # characters; a longer id is no number of a comment

SURE = (
    r"comment|komment|koment|coment[aá]|reacties|leserbrief|leserpost|lukijoiden|yorumlar|kommentti|otzyv"
    r"|disqus|livefyre|giscus|utterances|hyvor|remark42|webmention|(?<![a-z])(?:isso|dsq|idc)-|cusdis|waline|twikoo"
    r"|gitalk|gitment|viafoura|intensedebate"
    r"|(?<![\w-])u-(?:like|repost|mention|rsvp)(?![\w-])"  # what other sites say of a story, by microformats
)
LIKELY = (
    r"(?<![a-z])(?:respond|responses?|repl(?:y|ies)|r[eé]actions?|reaktion(?:en|er)?|reacciones|reazioni|rea[cç][oõ]es"
    r"|r[eé]ponses?|respuestas?|respostas?|risposte|antworten|svar|discuss(?:ions?|ione|ão|ao)|diskussion(?:en|er)?"
    r"|discusi[oó]n|dyskusja|opinie)(?![a-z])"
)

MICROFORMATS = frozenset({"u-comment", "p-comment", "u-like", "u-repost", "u-mention", "u-rsvp"})
_RDFA = frozenset({"comment", "schema:comment"})

_SURE = Caseless(SURE)
_WHOLE = frozenset({"article", "main", "body", "html"})
_ANSWER = Caseless(r"replytocom=|#respond\b|(?<![a-z])comment-?reply|reply-?(?:to-)?comment|reply-?(?:link|button|btn)")
_EITHER = Caseless(f"{SURE}|{LIKELY}")

_PRAISE = Caseless(r"testimonial|reviews?(?![a-z])|rating|quote")  # of customers, which a page chose to show

_WRITER = Caseless(
    r"(?<![a-z])(?:author|autor|auteur|autore|creator|user-?(?:name)?|nick-?(?:name)?|poster|writer|fn)(?![a-z])"
)
_DAY = Caseless(r"(?<![a-z])(?:date|time|datum|fecha|data|posted|published|timestamp|post-?time|date-?time)(?![a-z])")
# The heading over them, in the languages we meet: "34 comments", "Hozzászólások (3)".
_HEADING = Caseless(
    r"(?<![a-zà-ʯⱥⱦа-ӿ])(?:reader |user )?(?:comments?|komment\w+|koment\w+|comment[ai](?:res?)?|coment[aá]ri\w*"
    r"|reacties|r[eé]actions|reaktionen|leserkommentare|reaktioner|kommentti\w*|hozzászólás\w*|yorum\w*|mnenj\w+"
    r"|коммент\w+|комент\w+|пікір\w*|сэтгэгдэл\w*|σχόλι\w+|athugasemd\w*|tuairim\w*|sylwad\w*|iruzkin\w*|bình luận"
    r"|ý kiến bạn đọc|maoni|opmerkings|șərh\w*|şərh\w*|izoh\w*|fikr\w*|pikir\w*|tanggapan)"
    r"|კომენტარ|მოსაზრებ|մեկնաբանություն|תגובות|תגובה|تعليق|دیدگاه|نظر|تبصرے|टिप्पणी|टिप्पणियाँ"
    r"|टिप्पणियां|प्रतिक्रिया|মন্তব্য|கருத்து|అభిప్రాయ|കമന്റ|අදහස්|ප්‍රතිචාර|ความคิดเห็น|ความเห็น|មតិ|យោបល់|ຄຳເຫັນ|မှတ်ချက်|አስተያየት"
    r"|コメント|评论|評論|留言|跟帖|댓글|덧글"
)
_NUMBERED = Caseless(rf"(?:{SURE})[a-z_-]*(\d+)$")


def holds_comments(names: str) -> bool:
    """Return whether an element with these names holds comments: no byline or date within it is the story's."""
    return _EITHER.search(names) is not None


def is_marked(element: "etree._Element") -> bool:
    """Return whether an element is a comment, or another site's mention, by microdata, RDFa or microformats."""
    if element.get("property") in _RDFA or element.get("itemprop") == "comment":
        kind = element.get("itemtype") or element.get("typeof") or ""
        return kind.rstrip("/").rpartition("/")[2].removeprefix("schema:") == "Comment"
    return not MICROFORMATS.isdisjoint((element.get("class") or "").split())


def heads_comments(line: str) -> bool:
    """Return whether a line is the heading over readers' comments, and says nothing else but how many they are."""
    return 0 < len(line) <= MAX_HEADING and _heads_comments(line)


def comment_headings(lines: Sequence[str], among: range) -> list[int]:
    """Return which of some lines are headings over readers' comments, by their numbers, in order."""
    is_short = map(MAX_HEADING.__ge__, map(len, islice(lines, among.start, among.stop)))
    return [n for n in _HEADING.among(lines, [*compress(among, is_short)]) if heads_comments(lines[n])]


@lru_cache(maxsize=1_024)  # short lines stand on all pages of a site; a story's paragraphs would drive them out
def _heads_comments(line: str) -> bool:
    return len(line.split()) <= MAX_WORDS and _HEADING.search(line) is not None


def is_among_comments(heading: "etree._Element") -> bool:
    """Return whether one of the nearest elements around a heading is named as comments, and as nothing else.

    Not so an h1, nor by the names of a whole article, which say whether it may be commented on.
    """
    if heading.tag == "h1":
        return False
    around = [above for above in islice(heading.iterancestors(), NEAREST) if above.tag not in _WHOLE]
    return any(_SURE.is_in(f"{above.get('id') or ''} {above.get('class') or ''}"[:300]) for above in around)


def answers(part: "etree._Element") -> int:
    """Return how many links or buttons of a part answer a comment: by their address, or as their class says."""
    return sum(
        bool(_ANSWER.search(f"{element.get('href') or ''} {element.get('class') or ''}"[:300]))
        for element in islice(part.iter("a", "button"), MAX_ELEMENTS)
    )


@lru_cache(maxsize=1_024)
def names_day(names: str) -> bool:
    """Return whether an element so named holds the day of a text."""
    return _DAY.search(names) is not None


def days_named(names: Iterable[str]) -> int:
    """Return how many elements so named hold the day of a text."""
    times = Counter(names)
    return sum(times[name] for name in filter(_DAY.may_be_in, times) if names_day(name))


def signatures(part: "etree._Element") -> int:
    """Return how many texts of a part are signed: the writers' names or the days in it, whichever are fewer.

    An element within another of the same kind counts with it.
    """
    counts = [0, 0]
    within: tuple[set[etree._Element], set[etree._Element]] = (set(), set())
    for element in islice(part.iter("*"), MAX_ELEMENTS):
        above = element.getparent()
        names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"[:300]
        for n, named in enumerate((bool(_WRITER.search(names)), element.tag == "time" or names_day(names))):
            if above in within[n]:
                within[n].add(element)
            elif named:
                within[n].add(element)
                counts[n] += 1
    return min(counts)


def opened(part: "etree._Element") -> int:
    """Return how many elements of a part are named as a comment, alike, and begin with a line as short as a name."""
    found: Counter[tuple[str, str]] = Counter()
    for element in islice(part.iterdescendants("*"), MAX_ELEMENTS):
        name = (element.get("class") or "")[:300]
        if not name or not _SURE.search(name) or _PRAISE.search(name):
            continue
        texts = (" ".join(str(text).split()) for text in islice(element.itertext(), MAX_TEXTS))
        first, *rest = [text for text in texts if text] or [""]
        if 0 < len(first) <= MAX_NAME < sum(map(len, rest)):
            found[str(element.tag), name] += 1
    return max(found.values(), default=0)


def numbered(part: "etree._Element") -> int:
    """Return how many comments of a part have a number of their own in the id of an element, as in "comment-4711"."""
    ids = (element.get("id") or "" for element in islice(part.iter("*"), MAX_ELEMENTS))
    return len({found[1] for name in ids if len(name) <= MAX_ID and (found := _NUMBERED.search(name))})
