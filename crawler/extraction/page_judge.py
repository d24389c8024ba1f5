"""A page's numbers and the words of its names -> how likely it is no story: a list, a shop's page, a forum's thread.

The words are those of its elements' classes, its body, its address, its meta tags and types. A prefix says where a
word stands, so that "product" in an address and in a class are two words: `b:` the root and the body, `u:` the
address, `e:` its last part, `x:` its ending, `q:` its parameters, `h:` the host, `t:` microdata, `m:` and `o:` the
Open Graph tags and their type.

Learned by bench/extraction/kinds.py; nothing but numbers and words of names is in the data file.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from urllib.parse import urlsplit

import numpy as np
from lxml import etree

from crawler.body.model.classifier import Model, from_arrays, name_parts
from crawler.body.model.frame import Frame
from crawler.markup.metadata import Metadata
from crawler.markup.tree import Gathered

_FILE = "kinds.npz"

NAMES = ("names_5", "names_15", "names_last_5", "names_last_15", "names_mean", "names_most", "names_sum", "names_count")
STRONG = 1.0  # log-odds of a word of a name that says much
MAX_NAME = 400  # characters of the body's class
MAX_PATH = 1_000  # characters of an address
MAX_WORD = 30
_WORD = re.compile(r"[a-z]{2,}")
_METAS = ("og:", "article:", "product", "profile:", "twitter:")


@cache
def page_model() -> Model:
    """Load the shipped model, once."""
    with (files("crawler.extraction") / _FILE).open("rb") as file, np.load(file, allow_pickle=False) as data:
        return from_arrays(dict(data))


def likelihood(numbers: Mapping[str, float], names: frozenset[str], *, by: Model | None = None) -> float:
    """Return how likely a page is no story, 0 to 1.

    Args:
        numbers: Of `page_features`.
        names: Of `page_names`.
        by: The model; the shipped one unless another is given.
    """
    model = by or page_model()
    values = {**numbers, **name_numbers(names, model.names)}
    row = np.array([[values[feature] for feature in model.features]], np.float32)
    return float(model.trees.probability(row)[0])


def name_numbers(names: frozenset[str], known: Mapping[str, float]) -> dict[str, float]:
    """Return what the names of a page say together; `known`: how much each speaks against a story, as log-odds."""
    scores = np.array(sorted(map(known.__getitem__, names & known.keys()), reverse=True) or [0.0])
    values = (
        scores[:5].sum(),
        scores[:15].sum(),
        scores[-5:].sum(),
        scores[-15:].sum(),
        scores.mean(),
        scores[0],
        scores.sum(),
        (scores > STRONG).sum() - (scores < -STRONG).sum(),
    )
    return {name: float(value) for name, value in zip(NAMES, values, strict=True)}


def page_names(
    frame: Frame, tree: etree._Element, parts: Gathered, *, address: str, metadata: Metadata
) -> frozenset[str]:
    """Return the words of a page's names, each with the prefix of its place."""
    found = set(chain.from_iterable(frame.name_parts.values()))
    root = tree.getroottree().getroot()
    for element in (root, root.find("body")):
        if element is not None:
            names = f"{element.get('class') or ''} {element.get('id') or ''}"[:MAX_NAME]
            found.update(f"b:{part}" for part in name_parts(names))
    found |= _of_address(address)
    for element in parts.having("itemtype"):
        found.add(f"t:{(element.get('itemtype') or '').rsplit('/', 1)[-1].lower()[:MAX_WORD]}")
    found.update(f"m:{name[:MAX_WORD]}" for name in metadata.metas if name.startswith(_METAS))
    found.add(f"o:{(metadata.value('og:type') or '').lower()[:20]}")
    return frozenset(found)


def _of_address(address: str) -> set[str]:
    parts = urlsplit(address[:MAX_PATH])
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    found = {f"u:{word}" for segment in segments[:-1] for word in _WORD.findall(segment)}
    if segments:
        found.update(f"e:{word}" for word in _WORD.findall(segments[-1])[:1])
        if "." in segments[-1]:
            found.add(f"x:{segments[-1].rsplit('.', 1)[1][:5]}")
    found.update(f"q:{key.split('=')[0][:12]}" for key in parts.query.lower().split("&") if key)
    found.update(f"h:{label[:14]}" for label in (parts.hostname or "").split(".")[:-2])
    return found
