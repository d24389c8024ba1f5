"""Stories of our own, and pages made of them, for the tests of what finds and cleans them."""

from datetime import UTC, datetime

from crawler.extraction.extract import extract
from crawler.values import Extraction, Page, Selectors

FERRY = (
    "The ferry to the outer islands will sail twice a day from April, the harbour office said on Tuesday.",
    "It had sailed once a day since the fire of 2019, in which nobody was hurt but two of its engines were lost.",
    "“We have waited six winters for this,” said Inga Dahl, who runs the shop on the northern island with her brother.",
    "Fares stay as they are until the end of the year. A season ticket still costs 340 crowns, a bicycle nothing.",
    "The council voted for the second sailing by nine to four, after a debate that lasted until midnight.",
    "Those against it pointed to the price of fuel, which has doubled, and to a pier that divers found cracked.",
    "Repairs to the pier begin in May and should take eleven weeks, according to the office's engineer, Tomas Brek.",
)

MILL = (
    "A mill that ground flour for three hundred years will open again as a museum, its new owners announced.",
    "They bought the building at auction in June, outbidding a hotel chain by a few thousand crowns.",
    "School classes may visit without charge, and on the first Sunday of each month the stones will turn.",
)

NONE = Selectors()
MENU = "".join(f"<li><a href=/s{n}>Section {n}</a></li>" for n in range(6))


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


def page(body: str, *, title: str = "Second ferry sails from April", head: str = "") -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{title} | The Sound Courier</title>"
        f'<meta property="og:title" content="{title}">{head}</head><body>'
        f"<header><a href=/>The Sound Courier</a><ul class=menu>{MENU}</ul></header>{body}"
        "<footer><p>© The Sound Courier. All rights reserved.</p><a href=/privacy>Privacy</a></footer></body></html>"
    )


def article(*extra: str, after: str = "") -> str:
    """A plain article page: headline, byline, the ferry story, `extra` paragraphs, and `after` it more markup."""
    story = paragraphs(*FERRY, *extra)
    heads = "<h1>Second ferry sails from April</h1><p class=byline>By Mara Lind</p>"
    return page(f"<main><article>{heads}{story}</article>{after}</main>")


def read(
    markup: str | bytes,
    *,
    url: str = "https://courier.example/2026/03/second-ferry",
    selectors: Selectors = NONE,
    boilerplate: frozenset[int] = frozenset(),
    explain: bool = False,
) -> Extraction:
    content = markup.encode() if isinstance(markup, str) else markup
    response = Page(
        url=url,
        address=url,
        source="courier",
        content=content,
        fetched=datetime(2026, 3, 4, 12, tzinfo=UTC),
        selectors=selectors,
        boilerplate=boilerplate,
    )
    return extract(response, explain=explain)


def body(markup: str) -> list[str]:
    """The paragraphs of the body."""
    return read(markup).article.body.split("\n\n")
