"""Lines over time -> SVG: for a page, coloured by class; and a file that stands alone."""

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from corpus.characters import safe, shortened
from web.languages import formats
from web.layout.render import number, percent
from web.trends.series import Chart, Line, Point

TOP, FLOOR = 12.0, 86.0  # per cent from the top: where the highest value and zero stand
TICKS = 12
SHORT = 10  # characters of a label, of which TICKS stand side by side
SHORTEST = 6  # characters of a label, of which half as many stand side by side on a phone
CHARACTER = 0.7  # per cent of the width that a character of a label takes
ON_A_PHONE = 2.0  # the same there
THIRDS = 3  # lines of the scale; counts stand at them whole
COLOURS = ("#566b86", "#1a1b1e", "#8a5300", "#1d6b3e", "#65407a")  # of a file, which has no style sheet
WIDTH, HEIGHT = 960, 420


def shown(value: float | None, *, share: bool) -> str:
    """Return a value as people read it; an en dash where there is none."""
    if value is None:
        return "–"
    if share:
        return percent(value)
    return number(round(value)) if value == round(value) else formats.decimal(value, 1, grouped=True)


def ceiling(chart: Chart, *, share: bool) -> float:
    """Return the top of the scale, at whose thirds lines stand: the highest value; of counts the next threefold."""
    values = [value for line in chart.lines for point in line.points for value in (point.value, point.mean)]
    highest = max((value for value in values if value is not None), default=0) or 1
    return highest if share else math.ceil(highest / THIRDS) * THIRDS


def drawn(chart: Chart, lines: Sequence[Line], *, share: bool, name: str, behind: Sequence[Line] = ()) -> Markup:
    """Draw lines in one picture, on the scale of the whole chart; it is hidden from screen readers.

    Args:
        name: The prefix of the ids of its patterns.
        behind: Lines drawn thinly behind.
    """
    top, count = ceiling(chart, share=share), len(chart.lines[0].points)
    parts = [f'<svg class="hist {"tall" if len(chart.lines) < 3 else "mid"}" aria-hidden="true">']
    parts.append(
        f'<pattern id="{name}n" class="n" width="5" height="5" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path d="M0 0V5"/></pattern>'
    )
    for start, length in _gaps(lines):
        parts.append(
            f'<rect x="{start * 100 / count:.4g}%" width="{length * 100 / count:.4g}%" y="{TOP}%"'
            f' height="{FLOOR - TOP}%" fill="url(#{name}n)"/>'
        )
    scale = [(step, f"{FLOOR - (FLOOR - TOP) * step:.4g}%") for step in (1 / THIRDS, 2 / THIRDS, 1.0)]
    parts += [f'<line class="t" x2="100%" y1="{y}" y2="{y}"/>' for _, y in scale]
    parts += _labels(lines[0].points)
    parts.append(f'<svg viewBox="0 0 {count * 10} 100" preserveAspectRatio="none" width="100%" height="100%">')
    parts += [f'<path class="ln back" d="{_path(each, top)}"/>' for each in behind]
    parts += [f'<path class="ln k{at}" d="{_path(each, top)}"/>' for at, each in enumerate(lines, 1)]
    parts.append("</svg>")
    parts += [_dots(each, top, at) for at, each in enumerate(lines, 1)]
    # After no point; and none that lies on a line of the scale reaches so high.
    parts += [f'<text class="of" y="{y}" dy="-4">{shown(top * step, share=share)}</text>' for step, y in scale]
    parts.append(f'<line class="x" x2="100%" y1="{FLOOR}%" y2="{FLOOR}%"/></svg>')
    return Markup("".join(parts))  # noqa: S704 - numbers of ours and escaped labels


def standing_alone(chart: Chart, title: str, said: str, *, share: bool) -> str:
    """Return an SVG file that says what it shows: title, measure, lines, date and size of the corpus."""
    top, count = ceiling(chart, share=share), len(chart.lines[0].points)
    left, right, high, low = 60, WIDTH - 20, 90, HEIGHT - 80
    wide = (right - left) / count

    def place(at: int, value: float) -> str:
        return f"{left + (at + 0.5) * wide:.1f},{low - (low - high) * value / top:.1f}"

    text = 'font-family="sans-serif" fill="#1a1b1e"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fdfdfc"/>'
        f'<text x="20" y="34" font-size="22" {text}>{escape(shortened(title, 80))}</text>'
        f'<text x="20" y="58" font-size="13" {text}>{escape(said)}</text>'
    ]
    for step in (0.0, 1 / THIRDS, 2 / THIRDS, 1.0):
        y = low - (low - high) * step
        parts.append(f'<path d="M{left} {y:.1f}H{right}" stroke="#d8dad6"/>')
        label = shown(top * step, share=share)
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" font-size="11" text-anchor="end" {text}>{label}</text>')
    for start, length in _gaps(chart.lines):
        parts.append(
            f'<rect x="{left + start * wide:.1f}" y="{high}" width="{length * wide:.1f}" height="{low - high}"'
            ' fill="#7d8186" fill-opacity=".2"/>'
        )
    for at, point in _ticks(chart.lines[0].points):
        x = left + at * wide
        parts.append(f'<text x="{x:.1f}" y="{low + 18}" font-size="11" {text}>{escape(point.period)}</text>')
    for at, line in enumerate(chart.lines):
        dash = f' stroke-dasharray="{at * 3 + 2} 3"' if at else ""
        for run in _runs(line):
            points = " ".join(place(each, value) for each, value in run)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[at]}" stroke-width="2"{dash}/>')
        key = shortened(f"{line.name}: {number(line.total)}", 40)
        x = 20 + at * (WIDTH - 40) / len(chart.lines)
        parts.append(f'<path d="M{x:.0f} {HEIGHT - 34}h24" stroke="{COLOURS[at]}" stroke-width="2"{dash}/>')
        parts.append(f'<text x="{x + 30:.0f}" y="{HEIGHT - 30}" font-size="12" {text}>{escape(key)}</text>')
    return safe("".join(parts)) + "</svg>\n"


def _runs(line: Line) -> Iterator[list[tuple[int, float]]]:
    """Yield the stretches of a line without a gap: place and value; the mean where there is one."""
    has_means = any(point.mean is not None for point in line.points)
    run: list[tuple[int, float]] = []
    for at, point in enumerate(line.points):
        value = (point.mean if has_means else point.value) if point.over else None
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append((at, value))
    if run:
        yield run


def _path(line: Line, top: float) -> str:
    steps = []
    for run in _runs(line):
        places = [f"{at * 10 + 5} {FLOOR - (FLOOR - TOP) * value / top:.1f}" for at, value in run]
        steps.append(f"M{'L'.join(places)}" + ("h.1" if len(places) == 1 else ""))
    return "".join(steps)


def _dots(line: Line, top: float, kind: int) -> str:
    """Return the single values as points."""
    count = len(line.points)
    drawn_points = []
    for at, point in enumerate(line.points):
        if point.value is None:
            continue
        x, y = (at + 0.5) * 100 / count, FLOOR - (FLOOR - TOP) * point.value / top
        drawn_points.append(f'<circle class="pt k{kind}" cx="{x:.4g}%" cy="{y:.4g}%" r="2.5"/>')
    return "".join(drawn_points)


def _gaps(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return (start, length) of the runs of periods of which some line has no data."""
    runs: list[tuple[int, int]] = []
    for at in range(len(lines[0].points)):
        if all(line.points[at].covered for line in lines):
            continue
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs


def _ticks(points: Sequence[Point], most: int = TICKS) -> Iterator[tuple[int, Point]]:
    step = -(-len(points) // most)
    return ((at, point) for at, point in enumerate(points) if at % step == 0)


def _labels(points: Sequence[Point]) -> Iterator[str]:
    """Yield the periods under the axis, as the language of the page writes them; half as many where that is long.

    On a phone half of them are seen, and a third of twelve that are not short.

    A period that begins so far to the right that it would not fit is left out, on a phone too: elsewhere it would name
    another place.
    """
    names = [formats.period(each.period) for each in points]
    longest = max(map(len, names))
    every = 3 if SHORTEST < longest <= SHORT else 2
    for nth, (at, _) in enumerate(_ticks(points, TICKS // 2 if longest > SHORT else TICKS)):
        left = at * 100 / len(points)
        odd = ' class="odd"' if nth % every or left + len(names[at]) * ON_A_PHONE >= 100 else ""
        if left + len(names[at]) * CHARACTER < 100:
            yield f'<text{odd} x="{left:.4g}%" y="98%">{escape(names[at])}</text>'
