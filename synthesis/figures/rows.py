"""What a forest-like figure says, with no position decided: columns, strings, pictures and a scale.

The printed figure lays the Rows out as one Drawing; the report sets the same Rows as a real table, with one
small picture a row, so that both say the same in the same words.
"""

from dataclasses import dataclass
from typing import Literal

Align = Literal["start", "end", "middle", "point", "slash", "bracket", "glyph", "sign", "picture"]
Shape = Literal["square", "dot", "diamond", "bar", "density", "whisker"]
Kind = Literal[
    "study",
    "not-estimable",
    "reading",
    "heading",
    "subtotal",
    "detail",
    "summary",
    "second",
    "prediction",
    "statement",
]
SPANNING = frozenset(("heading", "detail", "statement"))
"""Kinds of rows whose first cell has the table to itself."""
INDIVIDUAL = frozenset(("study", "not-estimable"))
"""Kinds of rows that show one study; a ``reading`` shows what another reading makes of the one before."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `head` above its cells, `group` above neighbouring columns that share it.

    `align` says what lines up: the start, the end, the decimal ``point``, the ``slash`` of 4/12, the
    opening ``bracket`` of 1.2 (0.9 to 1.6); ``glyph`` cells hold one audit sign, ``sign`` cells a judgement
    of risk of bias; the one ``picture`` column holds no text.
    """

    key: str
    head: str
    align: Align = "start"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn in a row, in axis units (`Scale.fraction` places them).

    `area` is the share of the largest square's area; `hollow` says that it rests on a number that is not
    certain, or of a diamond that it is not the primary one. A prediction bar and an interval have `low` and
    `high`, which may be infinite. A density has a `curve`: places on the axis with heights of 0 to 1.
    """

    shape: Shape
    low: float
    high: float
    at: float | None = None
    area: float = 1.0
    hollow: bool = False
    curve: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `cells` in the order of the columns.

    `mark` is the letter of a footnote after the first cell, `title` the row as one sentence, `address` and
    `study` say what it shows, `link` where its audit sign leads on a page. The first cell of a ``heading``,
    ``detail`` or ``statement`` spans the table; its others are empty.
    """

    kind: Kind
    cells: tuple[str, ...]
    picture: Picture | None = None
    title: str = ""
    study: str = ""
    address: str = ""
    mark: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis, in axis units, and what is printed there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis: natural logarithms of ratios when ``kind`` is "log", displayed values otherwise.

    `low` and `high` are its ends, `null` the value of no effect (None where there is none), `reference` the
    pooled estimate (None without one); `favours` the words left and right of the null, or empty; `lines`
    further values drawn across the figure, such as a minimal important difference.
    """

    kind: Literal["log", "linear"]
    low: float
    high: float
    ticks: tuple[Tick, ...]
    title: str
    null: float | None = None
    reference: float | None = None
    favours: tuple[str, str] | tuple[()] = ()
    lines: tuple[Tick, ...] = ()

    def fraction(self, value: float) -> float:
        """Where a value lies between the ends of the axis: 0 at `low`, 1 at `high`, beyond them outside."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything a forest plot says.

    `subtitle` names measure, studies and model; `lines` are the sentences under the table (heterogeneity,
    overall effect); `left_out` pairs of label and reason; `notes` pairs of footnote letter (or "") and text;
    `legend` pairs of a sign in the figure and its words; `reason` says why nothing was pooled, if so;
    `metadata` goes into the file.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    scale: Scale | None
    lines: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    description: str = ""
    subtitle: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()

    def column(self, key: str) -> int | None:
        """The index of a column, or None when the figure has none of that key."""
        return next((i for i, column in enumerate(self.columns) if column.key == key), None)
