"""Articles that are hard to write down: every field has characters that mean something to some format."""

from datetime import UTC, datetime

from corpus.model import Article, Author, AuthorKind, PageDate, Precision, StoredArticle

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
TEXTS = {
    "controls": "Dam\x00 \x07burst\x1b[31m \x7fat\x85 dawn",
    "bidi": "Harbour \u202etxt.exe\u202c \u2066reopens\u2069 \u200fsoon",
    "formula": '=HYPERLINK("https://evil.example/";"+1")\t-2,@SUM(A1)',
    "long": "x" * 3_000 + " " + "\u6ce2" * 3_000,
    "tex": r"50% of {Quay} & \Co_ #1 $x^2$ ~ \input{/etc/passwd} }",
    "lines": "First\r\nER  - \r\nTY  - BOOK\n@book{x,\u2028 second\u2029third",
    "markup": '</script><script>alert(1)</script> & "quoted" &amp; ]]> <!-- --\u003e',
    "scripts": "فيضان हिन्दी \U0001f469\u200d\U0001f680 e\u0301 王",
    "marks": '\'=1 \ufeff\uff1dSUM ,=1;+2|-3 ""',
}


def stored(name: str) -> StoredArticle:
    """Return the article in which every text is TEXTS[name]."""
    text = TEXTS[name]
    number = list(TEXTS).index(name) + 1
    article = Article(
        url=f"https://gazette.example/{name}?a=1&b={{%22}}#x_~",
        source="Gazette",
        headline=text,
        standfirst=text,
        byline=text,
        authors=(Author("Ana P\u00e9rez", "ana-perez"), Author(text, name, AuthorKind.AGENCY)),
        published=PageDate(datetime(2024, 5, 6, tzinfo=UTC), Precision.DAY, "meta"),
        section=text,
        language="en",
        body=f"{text}\n\n{text}",
        fetched=NOW,
        facts={"published": text},
    )
    return StoredArticle(number, f"a1bcd{number}", number, NOW, 1, article)


ARTICLES = tuple(map(stored, TEXTS))
