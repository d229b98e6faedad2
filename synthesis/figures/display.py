"""How a measure is shown: from the scale of the analysis to the axis and to the printed number."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.figures.axis import linear_axis, ratio_axis
from synthesis.figures.notation import PLAIN, Notation
from synthesis.figures.rows import Tick

if TYPE_CHECKING:
    from evidence.measures.measure import Measure


@dataclass(frozen=True, slots=True)
class Display:
    """One measure as a reader meets it.

    A ratio is printed as a ratio and drawn on a logarithmic axis; a proportion is printed and drawn as a
    percentage, whatever it was analysed as; everything else as it is. `null` is on the printed scale;
    `decimals` are those of a whole column, None when each number has its own; `notation` the signs it is
    written with.
    """

    name: str
    title: str
    kind: str
    ratio: bool
    null: float | None
    measure: "Measure | None" = None
    decimals: int | None = None
    notation: Notation = PLAIN

    @property
    def special(self) -> tuple[float, ...]:
        """What a bound must not be printed as unless it is that: the null, and the ends of the scale."""
        return self.ends if self.null is None else (self.null, *self.ends)

    @property
    def ends(self) -> tuple[float, ...]:
        """The ends of the scale."""
        return (0.0,) if self.ratio else (0.0, 100.0) if self.percent else ()

    @property
    def has_unit(self) -> bool:
        """Whether the unit of the endpoint is the unit of the axis."""
        return self.measure is not None and self.measure.code in ("MD", "MC", "MN")

    @property
    def named(self) -> str:
        """The measure as it is named before a number: ``risk ratio``, ``proportion (%)``."""
        return f"{self.name} (%)" if self.percent else self.name

    @property
    def percent(self) -> bool:
        """Whether numbers are printed as percentages."""
        return self.kind == "proportion"

    def printed(self, yi: float) -> float:
        """The value to print for one on the scale of the analysis."""
        if math.isnan(yi):
            return yi
        if self.ratio:
            return math.exp(yi) if yi < 709 else math.inf
        if self.measure is None or self.measure.scale == "identity":
            return yi * (100 if self.percent else 1)
        return float(self.measure.back(yi)) * (100 if self.percent else 1)

    def analysed(self, printed: float) -> float | None:
        """The value on the scale of the analysis for a printed one; None where that is not known here."""
        if self.ratio:
            return math.log(printed) if printed > 0 else None
        if self.measure is None or self.measure.scale == "identity":
            return printed / (100 if self.percent else 1)
        return None

    def axis(self, yi: float) -> float:
        """Where the value stands on the axis: its logarithm for ratios, else as printed."""
        return yi if self.ratio else self.printed(yi)

    @property
    def axis_null(self) -> float | None:
        """The null in axis units."""
        if self.null is None:
            return None
        return math.log(self.null) if self.ratio else self.null

    def ticks(self, low: float, high: float) -> tuple[float, float, tuple[Tick, ...]]:
        """The ends of an axis that reaches at least from `low` to `high`, and its ticks."""
        if self.ratio:
            return ratio_axis(low, high)
        return linear_axis(low, high, inside=(0.0, 100.0) if self.percent else (-math.inf, math.inf))


def display(code: str | None) -> Display:
    """How the measure of this code is shown; None is a plain effect with the null at 0.

    Raises
    ------
    ValueError
        There is no such measure.

    Examples
    --------
    >>> display(None).title
    'Effect'
    """
    if code is None:
        return Display("effect", "Effect", "generic", ratio=False, null=0.0)
    from evidence import measures

    measure = measures.get(code)
    ratio = measure.scale == "log"
    null = None if measure.null is None else float(measure.null)
    title = (
        f"{measure.axis} (%)" if measure.kind == "proportion" and "%" not in measure.axis else measure.axis
    )
    return Display(
        measure.name,
        title,
        measure.kind,
        ratio=ratio,
        null=None if null is None or measure.kind == "proportion" else math.exp(null) if ratio else null,
        measure=measure,
    )
