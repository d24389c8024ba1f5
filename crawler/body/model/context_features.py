"""The blocks near a block, its repetitions and the blocks that look like it -> the block's context features."""

from collections import Counter

import numpy as np

from crawler.body.model.frame import GROUPING, Column, Frame
from crawler.markup.tags import HEADINGS

_FAR = 60.0


def page_place(frame: Frame) -> dict[str, Column]:
    """Where on the page a block stands, and how large the page is."""
    at = np.arange(frame.count)
    sums = frame.sums
    return {
        "place": at / frame.count,
        "index": np.log1p(at),
        "good_before": sums["amount"][:-1] / frame.total,
        "size_before": sums["size"][:-1] / max(float(sums["size"][-1]), 1.0),
        "page_blocks": np.full(frame.count, np.log1p(frame.count)),
        "page_good": np.full(frame.count, np.log1p(frame.total)),
        "page_links": np.full(frame.count, sums["linked"][-1] / max(float(sums["size"][-1]), 1.0)),
        "page_purity": np.full(frame.count, frame.total / max(float(sums["size"][-1]), 1.0)),
    }


def around(frame: Frame) -> dict[str, Column]:
    """The nearest good blocks, the two neighbours on each side, and windows of 3 and 8."""
    columns: dict[str, Column] = {}
    at = np.arange(frame.count)
    before = np.maximum.accumulate(np.where(frame.good, at, -1))
    before = np.concatenate(([-1], before[:-1]))
    after = np.minimum.accumulate(np.where(frame.good, at, frame.count)[::-1])[::-1]
    after = np.concatenate((after[1:], [frame.count]))
    for name, other in (("before", before), ("after", after)):
        exists = (other >= 0) & (other < frame.count)
        near = np.where(exists, other, 0)
        columns[f"{name}_far"] = np.where(exists, np.minimum(np.abs(other - at), _FAR), _FAR)
        columns[f"{name}_parent"] = exists & (frame.parent[near] == frame.parent)
        columns[f"{name}_grandparent"] = exists & (frame.grandparent[near] == frame.grandparent)
        columns[f"{name}_deeper"] = np.where(exists, frame.depths[frame.owners[near]] - frame.depths[frame.owners], 99)
        columns[f"{name}_same_tag"] = exists & (frame.tag_codes[near] == frame.tag_codes)
    columns |= _neighbours(frame)
    size = frame.size
    for reach in (3, 8):
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, frame.count)
        span = high - low
        chars = np.maximum(frame.sums["size"][high] - frame.sums["size"][low], 1)
        columns[f"good_{reach}"] = (frame.sums["good"][high] - frame.sums["good"][low] - frame.good) / span
        columns[f"links_{reach}"] = (frame.sums["linked"][high] - frame.sums["linked"][low]) / chars
        columns[f"size_{reach}"] = np.log1p(chars / span)
        columns[f"purity_{reach}"] = (frame.sums["amount"][high] - frame.sums["amount"][low]) / chars
    columns["longer_than_next"] = np.log1p(size) - np.log1p(np.append(size[1:], 0))
    return columns


def _neighbours(frame: Frame) -> dict[str, Column]:
    marks = frame.marks.columns
    heading = np.array([tag in HEADINGS for tag in frame.tags])[frame.owners]
    paragraph = np.array([tag == "p" for tag in frame.tags])[frame.owners]
    seen = {
        "size": marks["log_size"],
        "linked": frame.linked,
        "sentences": frame.marks.sentences > 0,
        "good": frame.good,
        "heading": heading,
        "p": paragraph,
        "listed": marks["listed"],
        "ends": marks["ends_stop"],
    }
    padded = np.full((len(seen), frame.count + 4), -1.0)
    for row, values in enumerate(seen.values()):
        padded[row, 2:-2] = values
    columns: dict[str, Column] = {"heading": heading, "p": paragraph}
    for step in (-2, -1, 1, 2):
        part = padded[:, 2 + step : 2 + step + frame.count]
        columns |= {f"{name}_{step:+d}": part[row] for row, name in enumerate(seen)}
    return columns


def headings(frame: Frame, title: int) -> dict[str, Column]:
    """How far a block is from the title (`title` is its block, -1: none), the first h1 and the last heading."""
    at = np.arange(frame.count)
    columns: dict[str, Column] = {}
    h1 = next((n for n, owner in enumerate(frame.blocks.owners) if frame.blocks.tags[owner] == "h1"), -1)
    for name, place in (("title", title), ("h1", h1)):
        if place < 0:
            columns[f"{name}_far"] = columns[f"{name}_good"] = np.full(frame.count, -9.0)
            continue
        far = at - place
        columns[f"{name}_far"] = np.sign(far) * np.log1p(np.abs(far))
        columns[f"{name}_good"] = (frame.sums["amount"][:-1] - frame.sums["amount"][place]) / frame.total
    heading = np.array([tag in HEADINGS and tag != "h1" for tag in frame.tags])[frame.owners]
    last = np.maximum.accumulate(np.where(heading, at, -1))
    exists = last >= 0
    near = np.maximum(last, 0)
    own = frame.depths[frame.owners]
    columns["under_far"] = np.where(exists, np.minimum(at - last, _FAR), -1)
    columns["under_listed"] = np.where(exists, frame.marks.columns["listed"][near], -1)
    columns["under_related"] = np.where(exists, frame.marks.columns["w_related"][near], -1)
    columns["under_parent"] = exists & (frame.parent[near] == frame.parent)
    columns["under_deeper"] = np.where(exists, own[near] - own, 99)
    columns["under_size"] = np.where(exists, frame.marks.columns["log_size"][near], -1)
    columns["under_good"] = np.where(exists, (frame.sums["amount"][:-1] - frame.sums["amount"][near]) / frame.total, -1)
    return columns


def repeats(frame: Frame) -> dict[str, Column]:
    """How often the same text stands on the page, and whether this is a later copy of it."""
    times = Counter(frame.blocks.texts)
    seen: set[str] = set()
    later = np.zeros(frame.count)
    for n, text in enumerate(frame.blocks.texts):
        if text in seen:
            later[n] = 1
        seen.add(text)
    return {"times": np.array([min(times[text], 20) for text in frame.blocks.texts]), "later": later}


def groups(frame: Frame) -> dict[str, Column]:
    """The blocks that are marked up alike: how many, how much good text, how linked, how long."""
    names, tags, blocks = frame.blocks.names, frame.tags, frame.blocks
    alike: dict[object, int] = {}
    by_name, by_place = [], []
    for owner in blocks.owners:
        parent = blocks.parents[owner]
        above = names[parent] if parent >= 0 else ""
        by_name.append(alike.setdefault((tags[owner], names[owner], above), len(alike)))
        by_place.append(alike.setdefault((tags[owner], blocks.depths[owner], parent), len(alike)))
    size = frame.size
    columns: dict[str, Column] = {}
    for name, codes in (("alike", np.array(by_name)), ("beside", np.array(by_place))):
        many = np.bincount(codes)[codes]
        chars = np.bincount(codes, size)[codes]
        columns[f"{name}_many"] = np.log1p(many)
        columns[f"{name}_share"] = np.bincount(codes, frame.amount)[codes] / frame.total
        columns[f"{name}_links"] = np.bincount(codes, size * frame.linked)[codes] / np.maximum(chars, 1)
        columns[f"{name}_size"] = np.log1p(chars / many)
        columns[f"{name}_good"] = np.bincount(codes, frame.good)[codes] / many
    return columns


def lists(frame: Frame) -> dict[str, Column]:
    """The list or table a block stands in: its size, its links, its digits, and whether prose stands on both sides."""
    codes = np.array([tag in GROUPING for tag in frame.tags])
    is_group = codes[frame.chain[:6]]
    inside = is_group.any(0)
    # The outermost within reach: a list of lists is one thing.
    level = is_group.shape[0] - 1 - is_group[::-1].argmax(0)
    group = np.where(inside, frame.chain[level, np.arange(frame.count)], frame.none)
    around_it = frame.parents[group]
    first, end = frame.first[group], frame.end[group]
    chars = np.maximum(frame.within["size"][group], 1)
    digits = np.concatenate(([0.0], np.cumsum(frame.marks.columns["digits"] * frame.marks.size)))
    good = np.append(frame.good, False)
    colon = np.append(frame.marks.columns["ends_colon"], False)
    prior = np.where(first > 0, first - 1, frame.count)

    def hints(values: Column) -> Column:
        return np.where(inside, values, -1.0)

    return {
        "list_blocks": hints(np.log1p(frame.within["blocks"][group])),
        "list_links": hints(frame.within["linked"][group] / chars),
        "list_size": hints(np.log1p(chars / np.maximum(frame.within["blocks"][group], 1))),
        "list_good": hints(frame.within["amount"][group] / chars),
        "list_digits": hints((digits[end] - digits[first]) / chars),
        "list_share_around": hints(frame.within["amount"][around_it] / frame.total),
        "list_prose_before": hints(good[prior]),
        "list_prose_after": hints(good[np.minimum(end, frame.count)]),
        "list_colon_before": hints(colon[prior]),
        "list_place": hints((np.arange(frame.count) - first) / np.maximum(end - first, 1)),
    }
