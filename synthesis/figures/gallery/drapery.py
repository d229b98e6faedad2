"""The drapery plot: the P value of every possible effect, study by study and pooled."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def drapery(pool: "Pool", *, prediction: bool = True) -> "Drawing":
    """P against every possible true effect: a thin curve a study, a strong one for the pool.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.
    prediction : bool
        Draw the curve of a further study as well, where there is a prediction interval.

    Raises
    ------
    FigureError
        For fewer than two studies.

    References
    ----------
    Rücker G, Schwarzer G. Res Synth Methods 2021;12:8-19.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], measure="RR")
    >>> drapery(pool).title
    'Drapery plot. Risk ratio'
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.drapery import content

    return layout(content(pool, prediction))


FIGURE = Figure(
    name="drapery",
    about="P values of every possible effect, by study and pooled.",
    subject="pool",
    draw=drapery,
    example="evidence plot drapery objective-response",
)
