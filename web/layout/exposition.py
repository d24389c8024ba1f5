"""Figures -> the text that Prometheus reads (text format 0.0.4), and the histogram that searches are timed with."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from web.processes.memory import Numbers, Turn

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds a search may take

_IN_HELP = str.maketrans({"\\": r"\\", "\n": r"\n"})
_IN_LABEL = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a metric. `suffix` is what its name has after the metric's, such as `_bucket`."""

    value: float
    labels: Mapping[str, str] | None = None
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric with its values; `kind` is gauge, counter or histogram, `help` a sentence without a full stop."""

    name: str
    kind: str
    help: str
    samples: tuple[Sample, ...]


class Durations:
    """How long something took, in seconds, as a histogram; processes that share the turn count together."""

    def __init__(self, bounds: tuple[float, ...] = BOUNDS, turn: Turn | None = None) -> None:
        self._bounds = bounds
        self._numbers = Numbers(len(bounds) + 2, turn)  # a count for each bucket, one above all, and the sum

    def add(self, seconds: float) -> None:
        """Count one more."""
        with self._numbers.turn():
            self._numbers.values[bisect_left(self._bounds, seconds)] += 1
            self._numbers.values[-1] += seconds

    def samples(self) -> tuple[Sample, ...]:
        """Return the buckets, each with all that are shorter, then the sum and the count."""
        *counts, total = self._numbers.all()
        found, below = [], 0.0
        for bound, count in zip((*map(_number, self._bounds), "+Inf"), counts, strict=True):
            below += count
            found.append(Sample(below, {"le": bound}, "_bucket"))
        return (*found, Sample(total, suffix="_sum"), Sample(below, suffix="_count"))


def exposition(metrics: Iterable[Metric]) -> str:
    """Return the text; a metric without values is left out."""
    lines: list[str] = []
    for metric in metrics:
        if metric.samples:
            lines.append(f"# HELP {metric.name} {metric.help.translate(_IN_HELP)}")
            lines.append(f"# TYPE {metric.name} {metric.kind}")
            lines += [f"{metric.name}{each.suffix}{_labels(each)} {_number(each.value)}" for each in metric.samples]
    return "\n".join(lines) + "\n"


def _labels(sample: Sample) -> str:
    if not sample.labels:
        return ""
    return "{" + ",".join(f'{name}="{text.translate(_IN_LABEL)}"' for name, text in sample.labels.items()) + "}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))
