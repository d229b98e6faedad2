"""The named layouts of a forest plot: which columns in which order, the journal's signs, the sizes."""

from dataclasses import dataclass, field, replace

from synthesis.errors import choose
from synthesis.figures.notation import LANCET_SIGNS, PLAIN, SQUARE_BRACKETS, THIN_SPACES, Notation
from synthesis.figures.style import COLUMN, PRINT, Style


@dataclass(frozen=True, slots=True)
class ForestLayout:
    """One layout, as data.

    Attributes
    ----------
    name : what it is asked for by
    columns : from left to right: study, arms, plot, weight, effect, bias, audit; what is missing is not shown
    study, events, weight, effect : heads; `effect` may hold {measure}, {method} and {level}
    favours : the word before the treatment on each side of the null
    split : whether events and totals, means and SDs have columns of their own
    notation : the journal's signs
    style : sizes, and the width the figure is made for
    """

    name: str
    columns: tuple[str, ...] = ("study", "arms", "plot", "weight", "effect", "bias", "audit")
    study: str = "Study"
    events: str = "Events/total"
    weight: str = "Weight (%)"
    favours: str = "Favours"
    effect: str = "{measure} ({level}\xa0CI)"
    split: bool = False
    notation: Notation = PLAIN
    style: Style = field(default=PRINT)


STANDARD = ForestLayout("standard")
LAYOUTS = {
    layout.name: layout
    for layout in (
        STANDARD,
        ForestLayout(
            "revman",
            columns=("study", "arms", "weight", "effect", "plot", "bias", "audit"),
            study="Study or subgroup",
            events="Events",
            weight="Weight",
            effect="{measure} {method},\xa0{level}\xa0CI",
            split=True,
            notation=SQUARE_BRACKETS,
        ),
        ForestLayout(
            "bmj", events="No of events/total", effect="{measure} ({level}\xa0CI)", notation=THIN_SPACES
        ),
        ForestLayout(
            "jama",
            columns=("study", "arms", "effect", "plot", "weight", "bias", "audit"),
            study="Source",
            events="Events/total, No.",
            weight="Weight, %",
            favours="Favors",
            style=replace(PRINT, favours_above=True),
        ),
        ForestLayout(
            "lancet",
            columns=("study", "arms", "weight", "plot", "effect", "bias", "audit"),
            events="n/N",
            weight="Weight",
            effect="{measure} ({level}\xa0CI)",
            notation=LANCET_SIGNS,
        ),
        ForestLayout("compact", columns=("study", "plot", "effect"), style=COLUMN),
    )
}
"""The layouts by name; another one is another record."""


def layout_of(name: "str | ForestLayout") -> ForestLayout:
    """The layout of this name; a record of one's own is taken as it is.

    Raises
    ------
    synthesis.errors.UnknownName
        There is none of that name; the message lists those there are.

    Examples
    --------
    >>> layout_of("bmj").notation.thousands == "\u2009"
    True
    """
    return name if isinstance(name, ForestLayout) else choose("layout", name, LAYOUTS)
