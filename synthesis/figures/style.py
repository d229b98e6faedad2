"""The measures of a printed figure, in points."""

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes and distances of a layout; the figure's own size follows from them and the words.

    Attributes
    ----------
    text, small, title : font sizes
    row, line : height of a row, and of each further line of text in it
    gap : between columns
    plot, pad : width of the axis, and room on both sides of it for what reaches over its ends
    label, head : widest study label and head of a column before they are broken
    margin : around the figure
    largest : side of the largest square, in parts of a row
    width : of the page or column the figure is made for; 0 for as wide as it comes
    least, most : narrowest and widest axis where it is fitted to that width
    rows : after how many rows a figure is cut into pages
    favours_above : whether the words on both sides of the null stand over the axis
    """

    text: float = 8.5
    small: float = 7.5
    title: float = 9.5
    row: float = 14.0
    line: float = 10.2
    gap: float = 12.0
    plot: float = 180.0
    pad: float = 8.0
    label: float = 170.0
    head: float = 96.0
    margin: float = 8.0
    largest: float = 0.8
    width: float = 174 / 25.4 * 72
    least: float = 120.0
    most: float = 240.0
    rows: int = 40
    favours_above: bool = False

    def smaller(self, factor: float) -> "Style":
        """The same proportions with smaller letters, never below 6.8 points (6.5 for notes)."""
        text = max(min(6.8, self.text), math.floor(10 * factor * self.text + 1e-9) / 10)
        scale = text / self.text
        return replace(
            self,
            text=text,
            small=max(min(6.5, self.small), math.floor(10 * scale * self.small + 1e-9) / 10),
            title=math.floor(10 * scale * self.title + 1e-9) / 10,
            row=scale * self.row,
            line=scale * self.line,
            gap=scale * scale * self.gap,
            label=scale * self.label,
            head=scale * self.head,
        )

    @property
    def side(self) -> float:
        """The side of the largest square."""
        return self.largest * self.row


PRINT = Style()
"""For a journal page of 174 mm: 8.5 point text, smaller where many columns need it."""

COLUMN = Style(
    text=7.5,
    small=6.8,
    title=8.5,
    row=12.5,
    line=9.0,
    gap=7.0,
    pad=6.0,
    plot=96.0,
    label=92.0,
    head=76.0,
    margin=2.0,
    width=84 / 25.4 * 72,
    least=64.0,
    most=120.0,
)
"""For a column of 84 mm."""
