"""Influence of single studies: lollipops of the usual diagnostics on one order of studies."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def influence(pool: "Pool") -> "Drawing":
    """Residual, DFFITS, Cook's distance, covariance ratio and leverage of every study, with their limits.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.

    Raises
    ------
    FigureError
        For fewer than three studies, or a model that is not inverse-variance.

    References
    ----------
    Viechtbauer W, Cheung MWL. Res Synth Methods 2010;1:112-25.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], measure="RR")
    >>> influence(pool).title
    'Influence. Risk ratio'
    """
    from synthesis.figures.contents.influence import content
    from synthesis.figures.lanes_layout import layout

    return layout(content(pool))


FIGURE = Figure(
    name="influence",
    about="How much each study moves the pool.",
    subject="pool",
    draw=influence,
    example="evidence plot influence objective-response",
)
