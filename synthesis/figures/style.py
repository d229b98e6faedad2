"""The measures of a printed figure, in points."""

from dataclasses import dataclass


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
    head: float = 84.0
    margin: float = 8.0
    largest: float = 0.8

    @property
    def side(self) -> float:
        """The side of the largest square."""
        return self.largest * self.row


PRINT = Style()
"""For a journal page: 8.5 point text."""
