"""What the API answers, and takes, about marked passages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPassage:
    """A passage that the dossier's owner marked.

    Attributes:
        quote: Its words; empty: the text was taken away since.
        paragraph: The number of the paragraph it begins in, from 1; null: the newest text no longer has it.
    """

    quote: str
    paragraph: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage that who asks marked in an article.

    Attributes:
        id: Its number.
        article: The id of its article.
        start: Where it begins in the newest text, in characters; null: that text has it no more.
        paragraph: The number of the paragraph it begins in, from 1.
        quote: Its words; empty: the text was taken away since.
    """

    id: int
    article: str
    quote: str
    note: str
    made: str
    start: int | None
    paragraph: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """The passages that who asks marked in an article, in the order of its text."""

    items: list[Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassage:
    """Words to mark.

    Attributes:
        quote: As the text has them, at most 2,000 characters; spaces and line ends are alike.
        start: About where they begin, in characters; needed where they stand in the text more than once.
    """

    quote: str
    note: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPassage:
    """The note on a passage, in place of the one it has."""

    note: str
