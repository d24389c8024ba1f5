"""A site that was looked at -> what a crawl will bring of it, in lines for a terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.reasons import is_known
from corpus.texts.counted import counted
from web.cli.output import clean
from web.sources.reason_words import meaning

MOST_REASONS = 3  # for which links are left out, the most first; those for others are counted


def outlook(look: Mapping[str, Any], name: str) -> Iterator[str]:
    """Say what a crawl will bring, and what it will not and how to get it; a line each."""
    feeds, sitemaps = look["from_feeds"], look["from_sitemaps"]
    ways = [f"{counted(feeds, 'article')} from {_ways(look['feeds'], 'feed')}" if feeds else "no feed"]
    ways += [f"{counted(sitemaps, 'article')} from {_ways(look['sitemaps'], 'sitemap')}" if sitemaps else "no sitemap"]
    ways += [f"{counted(look['links'], 'link')} of the front page"] if look["links"] else []
    yield "a crawl brings: " + ", ".join(ways)
    if look["older"]:
        command = f"`pressmark crawl '{clean(name)}' --backfill 2020..`"
        yield f"older pages: 20 of each section are read by themselves; walk the archive with {command}"
    elif not sitemaps:
        yield "older pages: none was seen; what is older than the feed and the sections show is not found"
    samples = look["samples"]
    if not any(sample["kind"] == "article" for sample in samples):
        kinds = Counter(
            meaning(each["kind"]) if is_known(each["kind"]) else f"{each['kind']}: {each['reason']}" for each in samples
        )
        why = "; ".join(f"{kind} ×{count:,}" for kind, count in kinds.most_common()) or "none answered"
        yield f"none of the pages that were tried reads as an article ({clean(why)})"
    if look["left_out"]:
        parts = [
            f"{meaning(each['reason'])} ×{each['count']:,}, such as {clean(each['example'])}"
            for each in look["left_out"][:MOST_REASONS]
        ]
        others = sum(each["count"] for each in look["left_out"][MOST_REASONS:])
        parts += [f"for other reasons ×{others:,}"] if others else []
        yield f"links that are not followed: {'; '.join(parts)}"


def _ways(ways: Sequence[object], kind: str) -> str:
    return f"its {kind}" if len(ways) == 1 else f"{len(ways)} {kind}s"
