"""The cumulative figure: the pool as studies are added."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def cumulative(pool: "Pool", *, order: "str | ArrayLike | None" = None) -> "Drawing":
    """The pools of the first study, the first two, and so on, against the interval of the whole pool.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.
    order : {"year", "given", "precision"} or a number for each study, optional
        What to add studies by; by default the year in their labels, where each has one.

    Raises
    ------
    FigureError
        For a single study, or where there are no years to sort by.

    Examples
    --------
    >>> import synthesis
    >>> names = ["A 2001", "B 1999", "C 2020"]
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], labels=names)
    >>> cumulative(pool).description.split(".")[0]
    'The pool of 3 studies as they are added by year'
    """
    from synthesis.figures.contents.cumulative import content
    from synthesis.figures.lanes_layout import layout

    return layout(content(pool, order))


FIGURE = Figure(
    name="cumulative",
    about="The pool as studies are added one after another.",
    subject="pool",
    draw=cumulative,
    example="evidence plot cumulative objective-response --order year",
    options=(Option("order", "What to add by: year, given or precision  [default: year]", metavar="KEY"),),
)
