"""Reason of a visit -> what follows: the outcome, when the address is visited again, the reason in a sentence.

A stored reason is one of these words, or `http-` and a status, and after ": " the details of the visit.
The words are stored and public: a word that was ever written keeps its spelling.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any

from corpus.model import Outcome
from corpus.texts import Text, replaced, text


class Reason(StrEnum):
    """Why a visit ended as it did, or why an address was never asked for."""

    # an address that cannot be asked, or may not be
    BAD_URL = "bad-url"
    SCHEME = "scheme"
    USERINFO = "userinfo"
    PORT = "port"
    PRIVATE_ADDRESS = "private-address"
    OUT_OF_SCOPE = "out-of-scope"
    EXCLUDED = "excluded"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    NOINDEX = "noindex"
    TOO_OLD = "too-old"
    # an exchange that failed
    DNS = "dns"
    CONNECT = "connect"
    PROXY = "proxy"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    TRUNCATED = "truncated"
    LENGTH_MISMATCH = "length-mismatch"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    REDIRECTS = "redirects"
    RESTING = "resting"
    STOPPED = "stopped"
    COOKIES = "cookies"
    # an answer that is no page
    PDF = "pdf"
    IMAGE = "image"
    MEDIA = "media"
    ARCHIVE = "archive"
    OFFICE = "office"
    BINARY = "binary"
    NOT_HTML = "not-html"
    # an answer that cannot be read
    HOSTILE_MARKUP = "hostile-markup"
    UNREADABLE_MARKUP = "unreadable-markup"
    BAD_SELECTOR = "bad-selector"
    TOO_SLOW = "too-slow"
    OUT_OF_MEMORY = "out-of-memory"
    WORKER_DIED = "worker-died"
    CRASHED = "crashed"
    NOT_A_FEED = "not-a-feed"
    NOT_A_SITEMAP = "not-a-sitemap"
    LIMITS = "limits"
    ERROR = "error"
    # a page that is no story
    LISTING = "listing"
    LIVE_BLOG = "live-blog"
    PAYWALL = "paywall"
    CHALLENGE = "challenge"
    WALL = "wall"
    SOFT_404 = "soft-404"
    OTHER_STORY = "other-story"
    EARLIER_TEXT = "earlier-text"
    EMPTY = "empty"
    BLANK = "blank"
    # a page that was read
    NOT_MODIFIED = "not-modified"
    REDIRECT = "redirect"
    CANONICAL = "canonical"
    SAME_PAGE = "same-page"
    PART = "part"
    FIRST_PAGE = "first-page"
    # an address that was named and is left out
    SHAPE = "shape"
    SERIES = "series"
    FILE_TYPE = "file-type"
    DEEP_PATH = "deep-path"
    QUOTA = "quota"
    LONG_SEGMENT = "long-segment"
    REPEATED_SEGMENTS = "repeated-segments"
    MANY_PARAMETERS = "many-parameters"
    NOT_WALKED = "not-walked"
    FRONT_PAGE = "front-page"
    SERVICE_PAGE = "service-page"
    VIEW = "view"
    DATE_AHEAD = "date-ahead"
    DEEP_SECTION = "deep-section"
    DEEP_SITEMAP = "deep-sitemap"
    MORE_SECTIONS = "more-sections"
    MORE_FEEDS = "more-feeds"
    MORE_LINKS = "more-links"
    BY_BUTTON = "by-button"
    BY_FORM = "by-form"
    NOFOLLOW = "nofollow"
    COMMENT = "comment"
    FEED = "feed"


# what a site shows where the story should be: the story is lost, unlike a page that is of another kind
IN_PLACE_OF_STORY = frozenset({Reason.WALL, Reason.CHALLENGE, Reason.PAYWALL, Reason.SOFT_404, Reason.EMPTY})


# why a visit ended before the site was asked for anything
NO_REQUEST = frozenset(
    {
        Reason.ROBOTS, Reason.ROBOTS_UNREACHABLE, Reason.EXCLUDED, Reason.PRIVATE_ADDRESS, Reason.DNS, Reason.PROXY,
        Reason.RESTING, Reason.STOPPED, Reason.COOKIES, Reason.LIMITS,
    }
)  # fmt: skip


class Retry(Enum):
    """When an address is asked again after a visit that brought nothing."""

    NEVER = auto()
    SECOND_LOOK = auto()  # once more after a week: what is wrong with the answer does not heal by itself
    NIGHTS = auto()  # with growing waits, `[crawler] attempts` times
    SAME_RUN = auto()  # once more in the same run, when its rest has passed; then as NIGHTS
    ALWAYS = auto()  # with growing waits, for ever: we were not even allowed to look
    UNCOUNTED = auto()  # soon, for ever, and as if it had not been asked: it says nothing of the address
    WEEKLY = auto()  # the site's rule may change
    MONTHLY = auto()


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a reason; `says` is a sentence for a person, without a full stop."""

    outcome: Outcome
    retry: Retry
    says: Text


def word_of(reason: str) -> str:
    """Return the stable word a stored reason begins with."""
    return reason.partition(":")[0].strip()


def most_first(reasons: Mapping[str, int]) -> dict[str, int]:
    """Return reasons with how often each was, the most frequent first."""
    return dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def consequence(reason: str) -> Consequence:
    """Return what follows from a stored reason; an unknown word counts as a fault of ours."""
    word = word_of(reason)
    if word.startswith("http-"):
        return _of_status(word.removeprefix("http-"))
    try:
        return CONSEQUENCES[Reason(word)]
    except (ValueError, KeyError):
        return CONSEQUENCES[Reason.ERROR]


def was_request(reason: str | None) -> bool:
    """Whether a visit that ended for a stored reason, or for none, asked its site; a redirect that is refused did."""
    return reason is None or word_of(reason) not in NO_REQUEST


def is_known(reason: str) -> bool:
    """Whether a stored reason begins with a word that is ours."""
    word = word_of(reason)
    return word in set(Reason) or word.startswith("http-")


def in_words(shown: str) -> str:
    """Return a text with the meanings of its reasons in their place, for people; a text without reasons as it is.

    A reason is the value of a place `reason`: "http-503 ×2" is "the server answered 503, which may pass ×2".
    """

    def meaning(name: str, value: Any) -> Any:
        return consequence(value).says if name == "reason" and isinstance(value, str) and is_known(value) else value

    return replaced(shown, meaning)  # type: ignore[no-any-return]


# 408, 425 and 429 ask for another try (RFC 9110, 8470, 6585); of the 5xx, 501 and 505 to 511 say "never so". A 304 to
# who asked for the whole page comes from a cache that mixes up two askers.
_BRIEFLY = frozenset({"304", "408", "425", "429", "500", "502", "503", "504"})
_MAY_OPEN = frozenset({"401", "402", "403", "404", "407", "410", "451"})


def _of_status(status: str) -> Consequence:
    if status in _BRIEFLY:
        says = text("the server answered {status}, which may pass", status=status)
        return Consequence(Outcome.FAILED, Retry.SAME_RUN, says)
    if status in _MAY_OPEN:
        return Consequence(Outcome.FAILED, Retry.NIGHTS, text("the server answered {status}", status=status))
    says = text("the server answered {status}, which is no page", status=status)
    return Consequence(Outcome.FAILED, Retry.SECOND_LOOK, says)


def _rows(outcome: Outcome, retry: Retry, says: dict[Reason, Text]) -> dict[Reason, Consequence]:
    return {reason: Consequence(outcome, retry, sentence) for reason, sentence in says.items()}


CONSEQUENCES: dict[Reason, Consequence] = {
    **_rows(
        Outcome.REFUSED,
        Retry.NEVER,
        {
            Reason.SCHEME: text("the address is neither http nor https"),
            Reason.USERINFO: text("the address holds a user name, which we do not send"),
            Reason.PORT: text("the address has a port that config does not allow"),
            Reason.OUT_OF_SCOPE: text("the address is of another site than its source"),
            Reason.EXCLUDED: text("`include` or `exclude` of the source leaves the address out"),
            Reason.NOINDEX: text("the page asks not to be indexed"),
            Reason.TOO_OLD: text("the story is older than `max_age` of the source"),
        },
    ),
    **_rows(Outcome.REFUSED, Retry.WEEKLY, {Reason.ROBOTS: text("robots.txt disallows the address")}),
    **_rows(
        Outcome.REFUSED,
        Retry.MONTHLY,
        {Reason.PRIVATE_ADDRESS: text("the name leads to an address that is not public")},
    ),
    **_rows(
        Outcome.REFUSED,
        Retry.ALWAYS,
        {
            Reason.ROBOTS_UNREACHABLE: text("robots.txt of the host cannot be read, so nothing is asked for"),
        },
    ),
    **_rows(Outcome.FAILED, Retry.ALWAYS, {Reason.PROXY: text("the proxy of config did not pass the request on")}),
    **_rows(
        Outcome.FAILED,
        Retry.UNCOUNTED,
        {Reason.LIMITS: text("this machine had no more open files, threads or memory for it")},
    ),
    **_rows(
        Outcome.NOT_ARTICLE,
        Retry.NEVER,
        {
            Reason.BAD_URL: text("what the link or redirect holds is no address"),
            Reason.PDF: text("the answer is a PDF file"),
            Reason.IMAGE: text("the answer is an image"),
            Reason.MEDIA: text("the answer is sound or film"),
            Reason.ARCHIVE: text("the answer is a packed file"),
            Reason.OFFICE: text("the answer is an office document"),
            Reason.BINARY: text("the answer is not text"),
            Reason.NOT_HTML: text("the answer says it is no HTML"),
            Reason.LISTING: text("the page lists stories and is not a story itself"),
        },
    ),
    **_rows(
        Outcome.FAILED,
        Retry.SAME_RUN,
        {
            Reason.CONNECT: text("the host could not be reached"),
            Reason.TRUNCATED: text("the connection broke before the whole answer came"),
            Reason.BLANK: text("the answer is empty, which may pass"),
            Reason.WORKER_DIED: text("the process that read the page ended"),
        },
    ),
    **_rows(
        Outcome.FAILED,
        Retry.NIGHTS,
        {
            Reason.DNS: text("the name of the host does not resolve"),
            Reason.TLS: text("no safe connection to the host"),
            Reason.TIMEOUT: text("the host did not answer in time"),
            Reason.PROTOCOL: text("the answer is not HTTP that can be read"),
            Reason.RESTING: text("the host asked us to wait"),
            Reason.STOPPED: text("the crawl ended first"),
            Reason.COOKIES: text("the cookies file of the source cannot be read"),
            Reason.BAD_SELECTOR: text("a selector of the source is invalid"),
            Reason.TOO_SLOW: text("the page took too long to read"),
            Reason.OUT_OF_MEMORY: text("the page took too much memory to read"),
            Reason.CRASHED: text("our reading of the page failed"),
            Reason.ERROR: text("a fault of ours"),
            Reason.CHALLENGE: text("a page asks for consent, an age, a login or a proof that we are not a robot"),
            Reason.NOT_A_FEED: text("the answer is no feed"),
            Reason.NOT_A_SITEMAP: text("the answer is no sitemap"),
        },
    ),
    **_rows(
        Outcome.FAILED,
        Retry.SECOND_LOOK,
        {
            Reason.LENGTH_MISMATCH: text("the answer is longer than it says"),
            Reason.TOO_LARGE: text("the answer is larger than `max_bytes`"),
            Reason.ENCODING: text("the answer is packed in a way we cannot unpack"),
            Reason.REDIRECTS: text("the address leads from one redirect to the next"),
            Reason.HOSTILE_MARKUP: text("the markup is built to stop its reader"),
            Reason.UNREADABLE_MARKUP: text("the markup cannot be read"),
        },
    ),
    **_rows(
        Outcome.NOT_ARTICLE,
        Retry.NIGHTS,
        {
            Reason.LIVE_BLOG: text("the page is a live blog"),
            Reason.PAYWALL: text("the page shows only the beginning of its story"),
            Reason.WALL: text("the page asks for consent, a login or the like in place of the story"),
            Reason.SOFT_404: text("the page says that there is nothing here"),
            Reason.OTHER_STORY: text("the page has another story than the stored one, and nothing supports it"),
            Reason.EARLIER_TEXT: text("the page came with an earlier text of its story, from a cache that is behind"),
            Reason.EMPTY: text("the page has too little text"),
            Reason.FIRST_PAGE: text("the page is a further page of a story, whose first page is asked for before it"),
        },
    ),
    **_rows(Outcome.UNCHANGED, Retry.NEVER, {Reason.NOT_MODIFIED: text("the server says that nothing changed")}),
    **_rows(
        Outcome.REDIRECTED,
        Retry.NEVER,
        {
            Reason.REDIRECT: text("the story has another address"),
            Reason.CANONICAL: text("the story has another address, which has the same text"),
            Reason.SAME_PAGE: text("the same text is at another address of the same path"),
            Reason.PART: text("the page is a further page of a story, and its text is stored with that story"),
        },
    ),
    **_rows(
        Outcome.REFUSED,
        Retry.NEVER,
        {
            Reason.SHAPE: text("the address has the shape of no story and no section"),
            Reason.SERIES: text("more addresses of this pattern were named than one run takes"),
            Reason.FILE_TYPE: text("the address ends as that of a file we do not read"),
            Reason.DEEP_PATH: text("the path is deeper than that of any story"),
            Reason.QUOTA: text("the source has added as many addresses in this run as one may"),
            Reason.LONG_SEGMENT: text("a part of the path is too long"),
            Reason.REPEATED_SEGMENTS: text("the path repeats itself"),
            Reason.MANY_PARAMETERS: text("the address has too many parameters"),
            Reason.FRONT_PAGE: text("the address is a front page"),
            Reason.SERVICE_PAGE: text(
                "the address ends like that of an imprint, a contact, a login or another page of service"
            ),
            Reason.VIEW: text("the address is another view of a page, such as its comments"),
            Reason.DATE_AHEAD: text("the address has a date that is still to come"),
            Reason.DEEP_SECTION: text("the section is more steps from the front page than are followed"),
            Reason.DEEP_SITEMAP: text("the sitemap is more steps deep than are followed"),
            Reason.MORE_SECTIONS: text("the page names more sections than are followed from one page"),
            Reason.MORE_FEEDS: text("the page offers more feeds than are followed from one page"),
            Reason.NOT_WALKED: text("an older page of an archive that `backfill` does not reach"),
            Reason.MORE_LINKS: text("the page has more links than we look at"),
            Reason.BY_BUTTON: text("the list goes on behind a button, and no address says where"),
            Reason.BY_FORM: text("the years of an archive are behind a form that posts, which no crawl sends"),
            Reason.NOFOLLOW: text("the page asks not to follow the link"),
            Reason.COMMENT: text("a comment of a reader"),
            Reason.FEED: text("a feed that a page other than the front page names"),
        },
    ),
}
