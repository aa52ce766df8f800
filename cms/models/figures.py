"""Pictures of numbers, from protected numbers only. Pure: knows no database.

A height or a length in an SVG can be measured, so what goes in here has been rounded and hidden
already (`consultation.disclosure`); nothing here may take an exact count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consultation.disclosure import ROUND_TO, Protected

_DOTS_IN_A_ROW = 16
_MOST_DOTS = 96
_MOST_STRANDS = 96
_FEWEST_STRANDS = 12
_GOLDEN = 0.6180339887  # its multiples spread evenly, and the same way at every visit


@dataclass(frozen=True, slots=True)
class Fact:
    """One large fact with a small line above and below it."""

    label: str
    value: str
    small: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table of bars: `width` is whole per cent of the longest bar."""

    label: str
    count: Protected
    width: int
    mark: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What a bar is made from."""

    label: str
    count: Protected
    mark: str = ""
    url: str = ""


def bars(rows: Iterable[Row], *, ordered: bool = False) -> list[Bar]:
    """Bars as wide as their shares of the largest; `ordered` puts the largest first."""
    kept = list(rows)
    if ordered:
        kept.sort(key=lambda row: -(row.count.value or 0))
    largest = Protected(max((row.count.value or 0 for row in kept), default=0))
    return [
        Bar(row.label, row.count, row.count.share_of(largest), row.mark, row.url) for row in kept
    ]


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot of a field of dots."""

    x: int
    y: int
    on: bool


@dataclass(frozen=True, slots=True)
class Dots:
    """A field of dots, of which some are filled: `worth` stories each."""

    worth: int
    dots: list[Dot]
    height: int


def dots(part: Protected, whole: Protected) -> Dots | None:
    """So many of so many, as dots; None when either number is hidden."""
    if part.value is None or not whole.value:
        return None
    worth = next(w for n in range(9) for w in (5 * 10**n, 10 * 10**n, 25 * 10**n)
                 if whole.value <= w * _MOST_DOTS)  # fmt: skip
    total = max(1, round(whole.value / worth))
    filled = min(total, max(1, round(part.value / worth)))
    placed = [
        Dot(10 + 20 * (n % _DOTS_IN_A_ROW), 10 + 20 * (n // _DOTS_IN_A_ROW), n < filled)
        for n in range(total)
    ]
    return Dots(worth, placed, placed[-1].y + 10)


@dataclass(frozen=True, slots=True)
class Column:
    """One season in a chart. `top` and `height` are in the chart's own units."""

    season: str
    year: str
    count: Protected
    left: int
    top: float
    height: float

    @property
    def middle(self) -> int:
        """Where the words over and under it are centred."""
        return self.left + 17

    @property
    def over(self) -> float:
        """Where the number over it stands."""
        return round(self.top - 6, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns side by side over an axis with three lines: (label, height of the line)."""

    columns: list[Column]
    lines: list[tuple[int, float]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Room for every column and the axis."""
        return 38 + 51 * len(self.columns)


def seasons_chart(counts: Sequence[tuple[str, str, Protected]]) -> Chart | None:
    """A chart of (season, year, count); None when there is no number that may be shown."""
    largest = max((count.value or 0 for _season, _year, count in counts), default=0)
    if not largest:
        return None
    top = next(t for n in range(9) for t in (20 * 10**n, 50 * 10**n, 100 * 10**n) if largest <= t)
    columns = []
    for n, (season, year, count) in enumerate(counts):
        height = 16.0 if count.is_hidden else round(128 * (count.value or 0) / top, 1)
        columns.append(Column(season, year, count, 34 + 51 * n, round(172 - height, 1), height))
    return Chart(columns, [(0, 172), (top // 2, 108), (top, 44)])


@dataclass(frozen=True, slots=True)
class Strand:
    """One line from a dot on the left to a ring on the right."""

    mark: str
    x: int
    y: float
    r: int
    path: str


@dataclass(frozen=True, slots=True)
class Strands:
    """Many strands that become a few rings.

    `worth`: for how many stories one strand stands; 0 when it is not drawn from data.
    """

    worth: int
    strands: list[Strand]
    rings: list[float]


# What the picture shows before there is anything to show: a shape, not a statement.
_NO_DATA: tuple[dict[str, int], ...] = (
    {"services": 8, "outside": 3, "better": 2, "harm": 1},
    {"identity": 4, "better": 3, "services": 4, "family": 2},
    {"harm": 8, "family": 4, "better": 2, "services": 2},
    {"family": 5, "better": 4, "identity": 3, "outside": 2},
    {"services": 5, "outside": 5, "family": 3, "harm": 2},
)


def strands(flows: Sequence[Mapping[str, Protected]]) -> Strands:
    """For each message the groups of themes its stories are about, as strands.

    With too little to draw, the abstract picture.
    """
    visible = [{mark: n.value for mark, n in flow.items() if n.value} for flow in flows]
    visible = [flow for flow in visible if flow]
    whole = sum(sum(flow.values()) for flow in visible)
    worth = 1 if whole <= _MOST_STRANDS else ROUND_TO
    while whole / worth > _MOST_STRANDS:
        worth += ROUND_TO
    drawn = [{mark: max(1, round(n / worth)) for mark, n in flow.items()} for flow in visible]
    if len(drawn) < 2 or sum(sum(flow.values()) for flow in drawn) < _FEWEST_STRANDS:
        return _draw(_NO_DATA, worth=0)
    return _draw(drawn, worth=worth)


def _draw(flows: Sequence[Mapping[str, int]], *, worth: int) -> Strands:
    """Places the rings, and each strand in the band of its own ring."""
    step = 440 / len(flows)
    rings = [round(step * (n + 0.5), 1) for n in range(len(flows))]
    ends = [
        (mark, ring, _spread(place, sum(flow.values())))
        for flow, ring in zip(flows, rings, strict=True)
        for place, mark in enumerate(_mixed(flow))
    ]
    starts = _crossed(len(ends))
    drawn = [
        _strand(n, mark, starts[n], round(ring + offset, 1), ring)
        for n, (mark, ring, offset) in enumerate(ends)
    ]
    return Strands(worth, drawn, rings)


def _mixed(flow: Mapping[str, int]) -> list[str]:
    """The marks of one ring's strands, each group spread among the others."""
    placed = [
        ((n + 0.5) / count + 0.001 * place, mark)
        for place, (mark, count) in enumerate(flow.items())
        for n in range(count)
    ]
    return [mark for _place, mark in sorted(placed)]


def _spread(place: int, count: int) -> float:
    """How far above or below its ring a strand runs before they meet: 34 units in all."""
    return 34 * ((place + 0.5) / count - 0.5)


def _crossed(count: int) -> list[float]:
    """Heights of the dots on the left; every eleventh changes places with one far away."""
    order = list(range(count))
    for n in range(4, count - 1, 11):
        other = (n + count // 2) % count
        order[n], order[other] = order[other], order[n]
    return [round(10 + 420 * place / max(1, count - 1), 1) for place in order]


def _strand(n: int, mark: str, start: float, end: float, ring: float) -> Strand:
    """One curve: level at its dot, level before the ring, then into it."""
    x = round(4 + 88 * ((n * _GOLDEN) % 1))
    bend = round(226 + 48 * ((n * _GOLDEN * 3) % 1))
    path = f"M{x} {start}C{x + 130} {start} {bend} {end} 400 {end}C440 {end} 470 {ring} 500 {ring}"
    return Strand(mark, x, start, 3 + n % 3, path)
