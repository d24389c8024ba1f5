"""A story's paragraphs -> the parts of its page: how some stories are set, as markup and as the text that is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from web.demo.answers import tag
from web.demo.writing import Pen, SetWords

EVERY = 9  # one story of so many of a desk is set with such parts
MOST = 8  # paragraphs of such a story
_ORIGIN = "https://{}.invalid"  # stands for the address of a site until a page is sent


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a story.

    Attributes:
        text: As it should be stored; a picture has none.
        spans: What should be stored of how it is set: a kind, and its text, its address or its caption.
    """

    text: str
    markup: str
    spans: tuple[tuple[str, str], ...] = ()

    def at(self, origins: Mapping[str, str]) -> "Part":
        """Return the part with its links leading to where the sites are served."""
        text = self.markup
        spans = self.spans
        for site, origin in origins.items():
            text = text.replace(_ORIGIN.format(site), origin)
            spans = tuple((kind, words.replace(_ORIGIN.format(site), origin)) for kind, words in spans)
        return Part(self.text, text, spans)


@dataclass(frozen=True, slots=True)
class Other:
    """A story of another site that a story links to."""

    site: str
    title: str
    path: str


def paragraph(text: str) -> Part:
    """Return a plain paragraph."""
    return Part(text, tag("p", text))


def is_set(seed: str) -> bool:
    """Whether the story of a seed is set as more than paragraphs."""
    return int(seed.rpartition("-")[2]) % EVERY == EVERY // 2


def set_parts(written: Sequence[str], pen: Pen, other: Other) -> tuple[Part, ...]:
    """Return the first paragraphs of a story, and all else that a page may set between them."""
    words = pen.language.set
    first, second = words.headings
    plain = [paragraph(each) for each in written[:MOST]]
    middle = len(plain) // 2
    return (
        *plain[:2],
        _picture(words, pen),
        _heading(pen.write(first), 2),
        *plain[2:middle],
        _list(words, pen),
        _quote(pen.write(words.quote)),
        *plain[middle:-2],
        _heading(pen.write(second), 3),
        plain[-2],
        _table(words, pen),
        _link(pen.write(words.link, paper=other.title), other),
        _lines(words, pen),
        plain[-1],
    )


def _heading(text: str, level: int) -> Part:
    return Part(text, tag(f"h{level}", text), (("heading", text),))


def _picture(words: SetWords, pen: Pen) -> Part:
    caption = pen.write(words.picture)
    name = f"/img/gauge-{pen.random.randint(100, 999)}.jpg"
    image = f'<img src="{name}" alt="" width="800" height="520">'
    return Part("", f"<figure>{image}{tag('figcaption', caption)}</figure>", (("image", caption),))


def _list(words: SetWords, pen: Pen) -> Part:
    items, nested = [pen.write(each) for each in words.items], [pen.write(each) for each in words.nested]
    inner = "\n".join(nested)
    first, second, third = items
    within = "".join(tag("li", each) for each in nested)
    markup = f"<ol>{tag('li', first)}<li>{escape(second, quote=False)}<ul>{within}</ul></li>{tag('li', third)}</ol>"
    outer = (first, f"{second}\n\n{inner}", *nested, third)
    return Part(f"{first}\n{second}\n\n{inner}\n\n{third}", markup, tuple(("item", each) for each in outer))


def _quote(text: str) -> Part:
    return Part(text, f"<blockquote>{tag('p', text)}</blockquote>", (("quote", text),))


def _table(words: SetWords, pen: Pen) -> Part:
    caption = pen.write(words.caption)
    rows = [[pen.write(each) for each in words.heads]]
    towns = pen.random.sample(pen.language.words["town"], words.rows)
    rows += [[town, str(pen.random.randint(20, 99)), str(pen.random.randint(100, 499))] for town in towns]
    cells = ["".join(tag("td" if n else "th", cell) for cell in row) for n, row in enumerate(rows)]
    markup = f"<table>{tag('caption', caption)}{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    lines = [" | ".join(row) for row in rows]
    text = "\n".join(lines)
    spans = [("table", f"{caption}\n\n{text}"), ("caption", caption)]
    for line, row in zip(lines, rows, strict=True):
        spans += [("row", line), *(("cell", cell) for cell in row)]
    return Part(f"{caption}\n\n{text}", markup, tuple(spans))


def _link(text: str, other: Other) -> Part:
    address = _ORIGIN.format(other.site) + other.path
    begin, _, end = text.partition(other.title)
    anchor = tag("a", other.title, href=address)
    markup = f"<p>{escape(begin, quote=False)}{anchor}{escape(end, quote=False)}</p>"
    return Part(text, markup, (("link", other.title), ("address", address)))


def _lines(words: SetWords, pen: Pen) -> Part:
    """Return lines whose columns stand under each other by blanks."""
    text = "\n".join(
        f"{pen.random.randint(5, 22):>2}:{pen.random.randint(0, 59):02}   {pen.random.randint(10, 999):>4}   {word}"
        for word in words.lines
    )
    return Part(text, tag("pre", text), (("preformatted", text),))
