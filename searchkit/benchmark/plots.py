"""Plots as SVG, drawn here: nothing to install, nothing to load."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final, TypeAlias

from searchkit.benchmark.result import Timing

COLOURS: Final = ("#0072b2", "#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#808080")
"""Okabe and Ito's palette, which the colour-blind tell apart."""

Points: TypeAlias = Sequence[tuple[float, float]]
"""x and y; x is above 0."""

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 60, 12, 12, 44
_BAR: Final = 24


def distribution(timings: Mapping[str, Timing]) -> str:
    """For each engine, the share of queries that took no longer than so many milliseconds."""
    curves = {
        name: [
            (time, 100 * rank / len(timing.known)) for rank, time in enumerate(sorted(timing.known), start=1)
        ]
        for name, timing in timings.items()
    }
    return lines(curves, "milliseconds", "% of queries", top=100)


def lines(curves: Mapping[str, Points], across: str, up: str, *, top: float = 0.0) -> str:
    """Curves over a logarithmic x and a linear y from 0 to ``top``, or to the highest point."""
    xs = [x for points in curves.values() for x, _ in points]
    highest = top or max(y for points in curves.values() for _, y in points)
    low, high = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)))
    scale = _Scale(low, max(high, low + 1), highest)
    drawn = [*_grid(scale, across, up)]
    for colour, (name, points) in zip(_colours(), curves.items(), strict=False):
        path = " ".join(f"{scale.x(x):.1f},{scale.y(y):.1f}" for x, y in points)
        drawn.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}">'
            f"<title>{escape(name)}</title></polyline>"
        )
    return _svg(HEIGHT, drawn) + _legend(curves)


def bars(values: Mapping[str, float], unit: str) -> str:
    """A bar for each engine, to one linear scale."""
    most = max(values.values())
    drawn = []
    for at, (colour, (name, value)) in enumerate(zip(_colours(), values.items(), strict=False)):
        y, width = at * _BAR, max(value / most * (WIDTH - 260), 1)
        drawn.append(
            f'<text x="128" y="{y + 16}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="136" y="{y + 4}" width="{width:.1f}" height="{_BAR - 8}" fill="{colour}"/>'
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
    for quarter in range(5):
        value = scale.highest * quarter / 4
        y = scale.y(value)
        yield f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.3g}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>'
    turned = f"translate(14 {(TOP + base) / 2}) rotate(-90)"
    yield f'<text transform="{turned}" text-anchor="middle">{escape(up)}</text>'


def _legend(names: Mapping[str, object]) -> str:
    keys = (
        f'<span><i style="background:{colour}"></i>{escape(name)}</span>'
        for colour, name in zip(_colours(), names, strict=False)
    )
    return f'<p class="legend">{" ".join(keys)}</p>'


def _colours() -> Iterator[str]:
    while True:
        yield from COLOURS


def _svg(height: int, drawn: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img">{"".join(drawn)}</svg>'
