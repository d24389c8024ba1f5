"""Blocks -> a row of numbers a block: on its text, its place, its neighbours and the elements around it.

"Good" text is what reads as prose: long enough, few links, at least one sentence. Much of what follows asks
where the good text of the page is, and how a block stands to it.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from crawler.body.model.columns import columns, places
from crawler.body.model.compiled import compiled
from crawler.body.model.context_features import around, groups, headings, lists, page_place, repeats
from crawler.body.model.frame import Column, Frame, Titles
from crawler.body.model.text_features import TextMarks, text_marks, words_of
from crawler.markup.blocks import Blocks
from crawler.markup.hints import PageHints
from crawler.markup.tags import TELLING

NameScores = Callable[[list[tuple[str, ...]]], list[float]]

_NO_TITLE = 8  # letters; a text of no more is like no title


def features(
    blocks: Blocks, hints: PageHints, name_scores: NameScores, *, only: Sequence[str] = (), frame: Frame | None = None
) -> tuple[list[str], NDArray[np.float32]]:
    """Return the names of the features, and a row of them for each block (of which there must be one).

    Args:
        hints: What the page says of itself.
        name_scores: How much the words of each element's names (class, id ...) speak for the story, learned.
        only: The features wanted, in this order; all of them when none is named.
        frame: Of these blocks, when they were measured already.
    """
    if (kernel := compiled()) is None:
        frame, known = base_features(blocks, hints, frame)
        known |= name_features(frame, name_scores)
        names = tuple(only) or tuple(known)
        rows = np.empty((len(names), frame.count), np.float32)
        for n, name in enumerate(names):
            rows[n] = known[name]
        return list(names), rows.T
    frame = frame or Frame(blocks, text_marks(blocks.texts))
    tags, scores = _scores(frame, name_scores)
    names, table = columns(kernel, frame, _titles(frame, hints), tags=tags, names=scores)
    if only:
        return list(only), table.take(places(names, tuple(only)), axis=0).T
    return list(names), table.T


def base_features(blocks: Blocks, hints: PageHints, frame: Frame | None = None) -> tuple[Frame, dict[str, Column]]:
    """All features but those of the learned names."""
    frame = frame or Frame(blocks, text_marks(blocks.texts))
    titles = _titles(frame, hints)
    found = {
        **frame.marks.columns,
        **_own(frame),
        **_containers(frame),
        **page_place(frame),
        **around(frame),
        "title_like": titles.like,
        "described": titles.described,
        "told": titles.stated,
        **headings(frame, titles.best),
        **repeats(frame),
        **groups(frame),
        **lists(frame),
    }
    return frame, found


def name_features(frame: Frame, name_scores: NameScores) -> dict[str, Column]:
    """Return how much the names of the elements around a block speak for the story."""
    of_tags, of_names = _scores(frame, name_scores)
    scores = np.array([*(of_names[name] for name in frame.blocks.names), 0.0])
    tags = np.array([*(of_tags[tag] for tag in frame.blocks.tags), 0.0])
    chain = scores[frame.chain]
    sums = np.add.accumulate(chain)  # one by one: sum() adds those of a lone block in another order
    return {
        "k_own": chain[0],
        "k_parent": chain[1],
        "k_grandparent": chain[2],
        "k_near": sums[3],
        "k_least": chain.min(0),
        "k_most": chain.max(0),
        "k_sum": sums[-1],
        "k_tag": tags[frame.owners],
        "k_parent_tag": tags[frame.parent],
    }


def _scores(frame: Frame, name_scores: NameScores) -> tuple[dict[str, float], dict[str, float]]:
    """Return how much each tag of a page speaks for the story, and the names of each element."""
    tags, names = [*set(frame.blocks.tags)], frame.name_parts
    of_tags = dict(zip(tags, name_scores([(f"<{tag}>",) for tag in tags]), strict=True))
    return of_tags, dict(zip(names, name_scores([*names.values()]), strict=True))


def _own(frame: Frame) -> dict[str, Column]:
    blocks = frame.blocks
    within = np.array([*blocks.within, 0], np.int64)[frame.owners]
    found: dict[str, Column] = {
        "linked": frame.linked,
        "links": np.log1p(blocks.links),
        "bold": np.array(blocks.bold_chars) / np.maximum(frame.marks.lengths, 1),
        "good": frame.good,
        "depth": frame.depths[frame.owners],
        "hidden": np.array([*blocks.hidden, False])[frame.owners],
        "only_block": frame.within["blocks"][frame.owners],
    }
    for bit, tag in enumerate(TELLING):
        found[f"in_{tag}"] = (within >> bit) & 1
    return found


def _containers(frame: Frame) -> dict[str, Column]:
    inside, total = frame.within, frame.total
    found: dict[str, Column] = {}
    for level in range(5):
        at = frame.chain[level] if level < len(frame.chain) else np.full(frame.count, frame.none)
        size = np.maximum(inside["size"][at], 1)
        found[f"share_{level}"] = inside["amount"][at] / total
        found[f"links_{level}"] = inside["linked"][at] / size
        found[f"blocks_{level}"] = np.log1p(inside["blocks"][at])
        found[f"purity_{level}"] = inside["amount"][at] / size
    scores = _paragraph_scores(frame)
    found["score_parent"] = scores[frame.parent] / total
    found["score_grandparent"] = scores[frame.grandparent] / total
    found["score_own"] = scores[frame.owners] / total
    best = int(scores.argmax())
    found |= _against(frame, best, "best")
    found["best_score"] = np.full(frame.count, scores[best] / total)
    for share in (0.5, 0.8):
        holds = inside["amount"] >= share * total
        holds[frame.none] = False
        deepest = int(np.where(holds, frame.depths, -1).argmax())
        found |= _against(frame, deepest, f"holds_{round(share * 100)}")
    tags = np.array([{"article": 1, "main": 2}.get(tag, 0) for tag in frame.tags])
    for code, name in ((1, "article"), (2, "main")):
        is_tag = tags[frame.chain] == code
        nearest = frame.chain[is_tag.argmax(0), np.arange(frame.count)]
        found[f"{name}_share"] = np.where(is_tag.any(0), inside["amount"][nearest] / total, -1.0)
        found[f"{name}s"] = np.full(frame.count, min(int((tags == code).sum()), 20))
    return found


def _paragraph_scores(frame: Frame) -> Column:
    """Of each element: the good text of its children, half its grandchildren's, a quarter of theirs."""
    size = frame.none + 1
    direct = np.bincount(frame.owners, minlength=size)
    scores: Column = np.bincount(frame.owners, frame.amount, size) * (direct > 1)
    for level in (1, 2, 3):
        scores = scores + np.bincount(frame.chain[level], frame.amount, size) / 2 ** (level - 1)
    scores[frame.none] = 0.0
    return scores


def _against(frame: Frame, element: int, name: str) -> dict[str, Column]:
    """How each block stands to one element: inside, before or after, how deep, how far from its end."""
    at = np.arange(frame.count)
    first, end = int(frame.first[element]), int(frame.end[element])
    beyond = np.where(at < first, at - first, np.where(at >= end, at - end + 1, 0))
    return {
        f"{name}_in": (at >= first) & (at < end),
        f"{name}_share": np.full(frame.count, frame.within["amount"][element] / frame.total),
        f"{name}_deeper": frame.depths[frame.owners] - int(frame.depths[element]),
        f"{name}_place": np.clip((at - first) / max(end - first, 1), -1, 2),
        f"{name}_left": np.clip(end - at, -50, 200),
        f"{name}_beyond": np.clip(beyond, -50, 50),
    }


def _titles(frame: Frame, hints: PageHints) -> Titles:
    found = (frozenset(words_of(title.lower())) for title in hints.titles[:4])
    titles = [words for words in dict.fromkeys(found) if words]  # most pages say the same title twice or thrice
    like, described = _alike(frame.marks, titles, frozenset(words_of(hints.description.lower())))
    blocks, likely = frame.blocks, like.copy()
    for element in blocks.elements("h1"):
        own = [n for n in range(blocks.first[element], blocks.end[element]) if blocks.owners[n] == element]
        likely[own] += 0.3
    best = int(likely.argmax()) if likely.size and likely.max() >= 0.5 else -1
    return Titles(like, described, _in_body(frame.blocks.texts, hints.article_body), best)


def _alike(marks: TextMarks, titles: list[frozenset[str]], description: frozenset[str]) -> tuple[Column, Column]:
    """Return of each block how like the likest title it is, and which part of its words the description has."""
    kernel = compiled()
    if kernel and marks.spoken:
        words, spoken, ends = marks.spoken
        found = kernel.alike(words, spoken, ends, marks.size, (*titles, description), _NO_TITLE)
        like, described = np.frombuffer(found).reshape(2, -1)
        return like, described
    like, described = np.zeros(len(marks.short)), np.zeros(len(marks.short))
    wanted = description.union(*titles)
    for n, said in enumerate(marks.short if wanted else ()):
        if said and not wanted.isdisjoint(said) and marks.size[n] > _NO_TITLE:
            own = frozenset(said)
            like[n] = max([_likeness(own, title) for title in titles], default=0.0)
            described[n] = len(own & description) / len(own)
    return like, described


def _likeness(words: frozenset[str], title: frozenset[str]) -> float:
    """Return the words that two sets share, of all their words."""
    shared = len(words & title)
    return shared / (len(words) + len(title) - shared)


def _in_body(texts: Sequence[str], article_body: str) -> Column:
    """Share of each block's three-word runs that the page's JSON-LD articleBody has; -1 when it has none."""
    if not article_body:
        return np.full(len(texts), -1.0)
    words = words_of(article_body)
    known = set(zip(words, words[1:], words[2:], strict=False))
    shares = np.zeros(len(texts))
    for n, text in enumerate(texts):
        words = words_of(text)
        if len(words) > 2:
            shares[n] = sum(map(known.__contains__, zip(words, words[1:], words[2:], strict=False))) / (len(words) - 2)
        else:
            shares[n] = 0.5 if text in article_body else 0.0
    return shares
