"""Plots as SVG, drawn here: nothing to install, nothing to load."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import cycle
from typing import Final, TypeAlias

from searchkit.benchmark.result import Timing

COLOURS: Final = ("#0072b2", "#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#808080")
"""Okabe and Ito's palette, which the colour-blind tell apart."""

Palette: TypeAlias = Mapping[str, str]
"""The colour of each engine, the same in all plots."""
Points: TypeAlias = Sequence[tuple[float, float]]
"""x and y; x is above 0."""

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 76, 32, 12, 44
_BAR: Final = 24
_LINES: Final = 4
_STEPS: Final = (1, 2, 2.5, 5, 10)


def palette(names: Iterable[str]) -> Palette:
    """Colours by name, in their order; of many, some have the same."""
    return dict(zip(names, cycle(COLOURS), strict=False))


def distribution(timings: Mapping[str, Timing], colours: Palette) -> str:
    """For each engine, the share of queries that took no longer than so many milliseconds."""
    curves = {
        name: [
            (time, 100 * rank / len(timing.known)) for rank, time in enumerate(sorted(timing.known), start=1)
        ]
        for name, timing in timings.items()
    }
    return lines(curves, "milliseconds", "% of queries", colours)


def lines(curves: Mapping[str, Points], across: str, up: str, colours: Palette) -> str:
    """Curves over a logarithmic x and a linear y from 0 on."""
    xs = [x for points in curves.values() for x, _ in points]
    step = _step(max(y for points in curves.values() for _, y in points) / _LINES)
    low, high = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)))
    scale = _Scale(low, max(high, low + 1), step * _LINES)
    drawn = [*_grid(scale, across, up)]
    for name, points in curves.items():
        path = " ".join(f"{scale.x(x):.1f},{scale.y(y):.1f}" for x, y in points)
        drawn.append(
            f'<polyline fill="none" stroke="{colours[name]}" stroke-width="2" points="{path}">'
            f"<title>{escape(name)}</title></polyline>"
        )
    return _svg(HEIGHT, drawn) + _legend({name: colours[name] for name in curves})


def bars(values: Mapping[str, float], unit: str, colours: Palette) -> str:
    """A bar for each engine, to one linear scale."""
    most = max(values.values())
    drawn = []
    for at, (name, value) in enumerate(values.items()):
        y, width = at * _BAR, max(value / most * (WIDTH - 320), 1)
        drawn.append(
            f'<text x="128" y="{y + 16}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="136" y="{y + 4}" width="{width:.1f}" height="{_BAR - 8}" fill="{colours[name]}"/>'
            f'<text x="{142 + width:.1f}" y="{y + 16}">{value:,.0f} {escape(unit)}</text>'
        )
    return _svg(_BAR * len(values), drawn)


class _Scale:
    """Powers of ten across, numbers up."""

    def __init__(self, low: int, high: int, highest: float) -> None:
        self.low, self.high, self.highest = low, high, highest

    def x(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - value / self.highest * (HEIGHT - TOP - BOTTOM)


def _grid(scale: _Scale, across: str, up: str) -> Iterator[str]:
    base = HEIGHT - BOTTOM
    for power in range(scale.low, scale.high + 1):
        x = scale.x(10.0**power)
        yield f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{base}"/>'
        yield f'<text x="{x:.1f}" y="{base + 16}" text-anchor="middle">{10.0**power:,.10g}</text>'
    for line in range(_LINES + 1):
        value = scale.highest * line / _LINES
        y = scale.y(value)
        yield f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.10g}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>'
    turned = f"translate(14 {(TOP + base) / 2}) rotate(-90)"
    yield f'<text transform="{turned}" text-anchor="middle">{escape(up)}</text>'


def _legend(colours: Palette) -> str:
    keys = (
        f'<span><i style="background:{colour}"></i>{escape(name)}</span>' for name, colour in colours.items()
    )
    return f'<p class="legend">{" ".join(keys)}</p>'


def _step(least: float) -> float:
    """The next number that is easy to read: 1, 2, 2.5 or 5, times a power of ten."""
    power = 10.0 ** math.floor(math.log10(least))
    return power * next(step for step in _STEPS if power * step >= least)


def _svg(height: int, drawn: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img">{"".join(drawn)}</svg>'
