"""A page's blocks, and what was read from it -> numbers about the page as a whole, by which its kind is judged.

A story is one stretch of prose that the judge of blocks is sure of; a list, a shop's page or a thread is many short
pieces, linked, priced or signed one by one. Every length is `crawler.text.text_length`, so that scripts are alike.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import compress
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from crawler.body.model.frame import Frame
from crawler.markup.comments import days_named
from crawler.markup.tags import HEADINGS
from crawler.markup.tree import Gathered

CHOSEN = 0.4  # chance of a block of the story, as the judge of blocks has it
DOUBTFUL = (0.15, 0.85)
LINK_LINE = (15, 200)  # letters of a link that may lead to another page
PRICE_LINE = 60  # characters of a line that is a price
MAX_PRICED = 2_000  # characters of a block that are searched for prices

_PRICE = re.compile(
    r"(?:[$€£¥₹₽₩₴₺]|\b(?:USD|EUR|GBP|CHF|Rs\.?|kr|zł|Kč))\s?\d|\d\s?(?:€|£|¥|₽|₴|₺|zł\b|kr\b|Kč|Ft\b|лв|руб|円|元)"
)
_FAR_DIGIT = re.compile(r"[\U00010000-\U0010ffff](?<=\d)")  # beyond the plane, where those are that `digits` counts
_UNITS = ("USD", "EUR", "GBP", "CHF", "Rs", "kr", "Ft", *"$€£¥₹₽₩₴₺円元", "zł", "Kč", "лв", "руб")  # each price has one
_DAY_IN_PATH = re.compile(r"/(?:19|20)\d\d[/-]?(?:[01]?\d)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_OF_CHOSEN = ("ends_stop", "ends_colon", "log_size", "commas_100")
_OF_ALL = ("digits", "letters", "capitals", "ends_stop")
_TAGS = ("div", "p", "li", "h2", "h3", "article", "table")
# The numbers whose logarithm counts.
_LOGGED = (
    *(
        "blocks",
        "total",
        "amount",
        "chosen",
        "chosen_size",
        "chosen_mean",
        "chosen_most",
        "chosen_weighted",
        "sure_sum",
    ),
    *("runs", "linked_headings", "linked_headings_within", "link_lines_within", "prices", "price_lines"),
    *(*(f"tags_{tag}" for tag in _TAGS), "days", "slug"),
)

Row = dict[str, float]


def page_features(frame: Frame, chances: NDArray[np.float64], parts: Gathered, address: str, *, said: Row) -> Row:
    """Return the numbers of a page with at least one block.

    Args:
        chances: Of each block, how likely it is of the story.
        parts: The elements of the page that several readers look for.
        said: What was read besides, as numbers: whether the page is dated, how many authors it has ...
    """
    chosen = likely_blocks(chances)
    row = {
        **_sizes(frame, chosen, chances),
        **_places(frame, chosen),
        **_texts(frame, chosen),
        **_markup(frame, chosen, parts),
        **_address(address),
    }
    logarithms = np.log1p(np.array([row[name] for name in _LOGGED], np.float64))  # at once, which takes a tenth
    return row | dict(zip(_LOGGED, logarithms.tolist(), strict=True)) | said


def likely_blocks(chances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which blocks read as the story: those likely enough, else the likeliest."""
    return chances >= min(CHOSEN, float(chances.max()))


def _sizes(frame: Frame, chosen: NDArray[np.bool_], chances: NDArray[np.float64]) -> Row:
    size = frame.marks.size.astype(float)
    total, own = max(size.sum(), 1), size * chosen
    whole = max(own.sum(), 1)
    count = max(int(chosen.sum()), 1)
    return {
        "blocks": frame.count,
        "total": total,
        "amount": frame.amount.sum(),
        "amount_share": frame.amount.sum() / total,
        "chosen": count,
        "chosen_size": whole,
        "chosen_mean": whole / count,
        "chosen_most": float(size[chosen].max()),
        "chosen_weighted": (own**2).sum() / whole,
        "chosen_links": (own * frame.linked).sum() / whole,
        "links": (size * frame.linked).sum() / total,
        "sure_most": float(chances.max()),
        "sure_mean": (own * chances).sum() / whole,
        "sure_sum": (size * chances).sum(),
        "doubtful": (size * ((chances > DOUBTFUL[0]) & (chances < DOUBTFUL[1]))).sum() / total,
        "chosen_doubtful": (own * (chances < DOUBTFUL[1])).sum() / whole,
    }


def _places(frame: Frame, chosen: NDArray[np.bool_]) -> Row:
    """How the story lies on the page: in one piece or many, and what stands between, before and after."""
    size = frame.marks.size.astype(float)
    total, whole = max(size.sum(), 1), max(float(size[chosen].sum()), 1)
    at = np.flatnonzero(chosen)
    runs = np.split(at, np.flatnonzero(np.diff(at) > 1) + 1)
    inner = slice(at[0], at[-1] + 1)
    between = ~chosen[inner]
    tags = frame.blocks.tags
    heading = np.array([*map(HEADINGS.__contains__, map(tags.__getitem__, frame.blocks.owners))])
    line = (frame.linked > 0.8) & (size >= LINK_LINE[0]) & (size <= LINK_LINE[1])
    linked_heading = heading & (frame.linked > 0.6)
    return {
        "runs": len(runs),
        "run_most": max(float(size[run].sum()) for run in runs) / whole,
        "gap": (size[inner] * between).sum() / whole,
        "gaps": between.sum() / len(at),
        "before": size[: at[0]].sum() / total,
        "behind": size[at[-1] + 1 :].sum() / total,
        "before_good": frame.amount[: at[0]].sum() / frame.total,
        "behind_good": frame.amount[at[-1] + 1 :].sum() / frame.total,
        "linked_headings": linked_heading.sum(),
        "linked_headings_within": linked_heading[inner].sum(),
        "link_lines_within": line[inner].sum(),
        "social_within": (frame.marks.columns["w_social"][inner] > 0).sum() / len(between),
    }


def _texts(frame: Frame, chosen: NDArray[np.bool_]) -> Row:
    size = frame.marks.size.astype(float)
    own, texts = size * chosen, frame.blocks.texts
    whole, total = max(own.sum(), 1), max(size.sum(), 1)
    columns = frame.marks.columns
    said = "".join(compress(texts, chosen.tolist()))
    numbered = zip(texts, columns["digits"].tolist(), strict=True)  # every price has a digit
    priced = [text for text, share in numbered if share or (not text.isascii() and _FAR_DIGIT.search(text))]
    prices = _prices([text[:MAX_PRICED] for text in priced])
    return {
        **{f"chosen_{name}": float((columns[name] * own).sum() / whole) for name in _OF_CHOSEN},
        **{f"all_{name}": float((columns[name] * size).sum() / total) for name in _OF_ALL},
        "questions": 100 * said.count("?") / whole,
        "shouts": 100 * said.count("!") / whole,
        "prices": sum(prices),
        "price_lines": sum(count > 0 and len(text) < PRICE_LINE for text, count in zip(priced, prices, strict=True)),
    }


def _prices(texts: Sequence[str]) -> list[int]:
    """Return how many prices each of a page's texts has."""
    units = [*filter("\n".join(texts).__contains__, _UNITS)]  # few, or none
    return [prices_in(text, units=units) for text in texts]


def prices_in(text: str, *, units: Sequence[str] = _UNITS) -> int:
    """Return how many prices a text has; `units`: those that it may have."""
    return len(_PRICE.findall(text)) if any(map(text.__contains__, units)) else 0


def _markup(frame: Frame, chosen: NDArray[np.bool_], parts: Gathered) -> Row:
    blocks, size = frame.blocks, frame.marks.size
    whole, total = max(float(size[chosen].sum()), 1), max(float(size.sum()), 1)
    tags = Counter(blocks.tags)
    own = {"p": 0, "li": 0}
    owners = compress(blocks.owners, chosen.tolist())
    for tag, amount in zip(map(blocks.tags.__getitem__, owners), size[chosen].tolist(), strict=True):
        if tag in own:
            own[tag] += amount
    images, links = len(parts.of("img")), len(parts.of("a"))
    return {
        **{f"tags_{tag}": tags[tag] for tag in _TAGS},
        "own_p": own["p"] / whole,
        "own_li": own["li"] / whole,
        "images_per_size": images / max(total / 1_000, 1),
        "links_per_size": links / max(total / 1_000, 1),
        "days": days_named(blocks.names),
    }


def _address(address: str) -> Row:
    parts = urlsplit(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    last = segments[-1] if segments else ""
    return {
        "depth": len(segments),
        "slug": len(last),
        "slug_words": len(_LETTERS.findall(last)),
        "slug_digits": sum(map(str.isdigit, last)) / max(len(last), 1),
        "query": bool(parts.query),
        "day_in_path": bool(_DAY_IN_PATH.search(parts.path)),
    }
