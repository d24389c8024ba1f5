"""Articles as they were and as they read now -> how often each field differs, with a few samples."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.model import Article, PageDate

SAMPLES = 3  # of each field
MOST_CHARACTERS = 70  # of a value in a sample


@dataclass(slots=True)
class Differences:
    """What differs: field -> how many articles, and of a few of them the URL and both values."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def add(self, before: Article, after: Article) -> None:
        """Count the fields in which an article differs; where none does, how one was found."""
        differing = [(name, old, new) for name, (old, new) in _values(before, after).items() if old != new] or [
            ("how a field was found", "", "")
        ]
        for name, old, new in differing:
            self.counts[name] += 1
            shown = self.samples.setdefault(name, [])
            if len(shown) < SAMPLES and (old or new):
                shown.append((before.url, *_apart(old, new)))

    def lines(self) -> Iterator[str]:
        """Give a line for each field, the most frequent first, and one for each sample."""
        for name, count in self.counts.most_common():
            yield f"  {name}: {count:,}"
            for url, old, new in self.samples[name]:
                yield f"    {url}: {old or '(none)'} -> {new or '(none)'}"

    def record(self) -> dict[str, dict[str, object]]:
        """Return the differences as JSON can hold them."""
        return {
            name: {
                "articles": count,
                "samples": [{"url": url, "before": old, "after": new} for url, old, new in self.samples[name]],
            }
            for name, count in self.counts.most_common()
        }


def _values(before: Article, after: Article) -> dict[str, tuple[str, str]]:
    plain = ("headline", "standfirst", "byline", "dateline", "language", "section", "body")
    values = {name: (getattr(before, name) or "", getattr(after, name) or "") for name in plain}
    values["authors"] = _names(before), _names(after)
    for name in ("published", "updated"):
        values[name] = _date(getattr(before, name)), _date(getattr(after, name))
    return values


def _names(article: Article) -> str:
    return ", ".join(author.name for author in article.authors)


def _date(date: PageDate | None) -> str:
    return "" if date is None else f"{date.at:%Y-%m-%d %H:%M} ({date.precision})"


def _apart(old: str, new: str) -> tuple[str, str]:
    """Return both values from a little before where they part, each cut to a line."""
    same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(same - MOST_CHARACTERS // 3, 0)
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    shown = " ".join(text[start : start + MOST_CHARACTERS].split())
    return f"{'...' if start and shown else ''}{shown}{'...' if len(text) > start + MOST_CHARACTERS else ''}"
