"""The radial plot of Galbraith: standardised effects against their precision."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def radial(pool: "Pool") -> "Drawing":
    """Each effect in its standard errors against its precision; the slope from the corner is the effect.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.

    Raises
    ------
    FigureError
        For fewer than two studies.

    References
    ----------
    Galbraith RF. Stat Med 1988;7:889-94.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], measure="RR")
    >>> radial(pool).title
    'Radial plot. Risk ratio'
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.radial import content

    return layout(content(pool))


FIGURE = Figure(
    name="radial",
    about="Standardised effects against their precision (Galbraith).",
    subject="pool",
    draw=radial,
    example="evidence plot radial objective-response",
)
