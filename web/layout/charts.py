"""Counts over time -> one SVG: a path of bars, an axis, hatched blocks; sizes are in per cent.

The outer `svg` has no viewBox, so text never stretches; the bars stand in a nested one that does. No style
attributes: the pages' content security policy refuses them, so colours come by class.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from web.languages.wording import printed

AXIS = 84  # per cent from the top, where bars stand
TOP = 16  # with a peak label above; 2 without
WIDE = 20  # units from bar to bar; a bar is 17 of them wide, as the style sheet says
APART = 5  # per cent of the width that a label of four digits takes, and a little more
EDGE = 90  # per cent from the left: a label begun further on would not fit
_is_missing, _is_unfinished = attrgetter("missing"), attrgetter("unfinished")
NO_DATA = 54  # per cent: height of a block of periods we have nothing of


class Column(NamedTuple):
    """One bar.

    Attributes:
        height: In the units of the count.
        tick: The label under the bar, where a year (or season) begins; None elsewhere.
        missing: There is no data for this period; the bar is hatched.
        unfinished: The period has not ended yet.
    """

    height: float
    tick: str | None = None
    missing: bool = False
    unfinished: bool = False


def chart(columns: Sequence[Column], *, peak: str | None = None, name: str = "h") -> Markup:
    """Draw the columns. The drawing is hidden from screen readers; a table beside it holds the same numbers.

    Args:
        columns: The bars, from left to right.
        peak: The label above the highest bar; None for no label.
        name: The prefix of the ids of the patterns; two charts on a page need two names.
    """
    if not columns:
        return Markup("")
    top = TOP if peak else 2
    highest = max([each.height for each in columns if not each.missing], default=0) or 1
    parts = [f"<svg class=hist aria-hidden=true>{_patterns(columns, name)}"]
    parts += _ticks(columns)
    parts += _hatched(columns, highest, top, name)
    parts.append(
        f'<svg viewBox="0 0 {len(columns) * WIDE} 100" preserveAspectRatio=none y={top}% height={AXIS - top}%>'
        f'<path class=b d="{_bars(columns, highest)}"/></svg>'
        f"<line class=x x2=100% y1={AXIS}% y2={AXIS}% />"
    )
    if peak:
        parts.append(_peak(columns, peak))
    return Markup("".join(parts) + "</svg>")  # noqa: S704 - numbers of ours and escaped labels


def spark(counts: Sequence[int], *, width: int = 64) -> Markup:
    """Draw a few counts as small bars in a line of so many pixels, each at least a trace high."""
    highest = max(counts, default=0) or 1
    steps = "".join(f"M{at * 10} 16v-{max(1.0, each / highest * 16):.3g}h8V16z" for at, each in enumerate(counts))
    return Markup(  # noqa: S704 - numbers only
        f'<svg width="{width}" height="16" aria-hidden="true" viewBox="0 0 {len(counts) * 10} 16"'
        ' preserveAspectRatio="none">'
        f'<path class="b" d="{steps}"/></svg>'
    )


def _bars(columns: Sequence[Column], highest: float) -> str:
    """Return the path: for each bar a stroke up from the axis, as wide as the style sheet says."""
    drawn: list[str] = []
    pen = before = 0
    for middle, (height, _, missing, unfinished) in enumerate(columns):
        if height and not missing and not unfinished:
            tall = round(height / highest * 100) or 1
            move = f"m{(middle - pen) * WIDE} {before}" if drawn else f"M{middle * WIDE + WIDE // 2} 100"
            drawn.append(f"{move}v-{tall}")
            pen, before = middle, tall
    return "".join(drawn)


def _ticks(columns: Sequence[Column]) -> list[str]:
    """Return the lines where years begin, in one path, and the labels beside them."""
    wide = 100 / len(columns)
    drawn = []
    ticks = [(at, each) for at, each in enumerate(columns) if each.tick is not None]
    if len(ticks) > 1 and (ticks[1][0] - ticks[0][0]) * wide < APART:
        ticks[0] = (ticks[0][0], ticks[0][1]._replace(tick=""))  # a short first year has no room for its label
    if lines := "".join(f"M{at} 2V100" for at, _ in ticks if at):
        drawn.append(
            f'<svg viewBox="0 0 {len(columns)} 100" preserveAspectRatio=none>'
            f'<path class=t vector-effect=non-scaling-stroke d="{lines}"/></svg>'
        )
    for count, (at, each) in enumerate(ticks):
        hidden = " class=odd" if count % 2 else ""
        where = (f"x={at * wide:.4g}% dx=4" if at else "x=0") if at * wide < EDGE else "x=100% text-anchor=end"
        drawn.append(f"<text{hidden} {where} y=97%>{printed(each.tick or '')}</text>")
    return drawn


def _hatched(columns: Sequence[Column], highest: float, top: int, name: str) -> list[str]:
    wide = 100 / len(columns)
    drawn = []
    if runs := _runs(columns):  # one hatched block behind a mask: the lines of the pattern are not stretched
        holes = "".join(f"M{start} 0h{length}" for start, length in runs)
        drawn.append(
            f'<mask id={name}m><svg viewBox="0 0 {len(columns)} 1" preserveAspectRatio=none>'
            f'<path stroke=#fff stroke-width=2 d="{holes}"/></svg></mask>'
            f"<rect width=100% y={AXIS - NO_DATA}% height={NO_DATA}% fill=url(#{name}n) mask=url(#{name}m) />"
        )
    for at, each in enumerate(columns):
        if each.unfinished and each.height and not each.missing:  # mostly none, or the last
            tall = max(1.0, each.height / highest * (AXIS - top))
            drawn.append(
                f"<rect x={(at + 0.075) * wide:.4g}% width={0.85 * wide:.4g}% y={AXIS - tall:.4g}%"
                f" height={tall:.4g}% fill=url(#{name}u) />"
            )
    return drawn


def _runs(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Return (start, length) of every run of columns we have nothing of."""
    runs: list[tuple[int, int]] = []
    for at in [at for at, each in enumerate(columns) if each.missing]:
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs


def _patterns(columns: Sequence[Column], name: str) -> str:
    wanted = [("n", 5)] * any(map(_is_missing, columns)) + [("u", 4)] * any(map(_is_unfinished, columns))
    return "".join(
        f"<pattern id={name}{kind} class={kind} width={apart} height={apart} patternUnits=userSpaceOnUse"
        f' patternTransform=rotate(45)><path d="M0 0V{apart}"/></pattern>'
        for kind, apart in wanted
    )


def _peak(columns: Sequence[Column], label: str) -> str:
    heights = [0 if each.missing else each.height for each in columns]
    at = heights.index(max(heights))
    services = (at + 0.5) * 100 / len(columns)
    anchor = "start" if services < 4 else "end" if services > 96 else "middle"
    return f"<text class=p x={services:.4g}% y={TOP - 4}% text-anchor={anchor}>{printed(label)}</text>"
