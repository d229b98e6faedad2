"""The bubble plot of a meta-regression: effects against a moderator."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool
    from synthesis.models.regression_fit import Regression


def bubble(shown: "Regression | Pool", *, by: str | None = None, moderator: str | None = None) -> "Drawing":
    """Effects against a moderator, with the line of the meta-regression and its interval.

    Parameters
    ----------
    shown : Regression or Pool
        What `synthesis.regress` gave; or a pool, which is regressed on `by`.
    by : {"year", "participants"}, optional
        Of a pool: the year in the studies' labels, or how many took part.
    moderator : str, optional
        Of a regression: the column drawn, others being held at their means; by default the first.

    Raises
    ------
    FigureError
        There is no such moderator, or a study has no value.

    References
    ----------
    Thompson SG, Higgins JPT. Stat Med 2002;21:1559-73.

    Examples
    --------
    >>> import synthesis
    >>> fit = synthesis.regress(
    ...     yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], moderators={"dose": [1, 4, 2, 3]}
    ... )
    >>> bubble(fit).title
    'Bubble plot. Effect'
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.bubble import content

    return layout(content(shown, by, moderator))


FIGURE = Figure(
    name="bubble",
    about="Effects against a moderator, with the line of a meta-regression.",
    subject="pool",
    draw=bubble,
    example="evidence plot bubble objective-response --by year",
    options=(Option("by", "What to regress on: year or participants", metavar="KEY", needed=True),),
)
