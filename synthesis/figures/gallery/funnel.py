"""The funnel plot: effects against their standard errors, with what a test of asymmetry says."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def funnel(
    pool: "Pool", *, contours: bool = True, fill: bool = True, line: bool = False, test: str = "egger",
    least: int = 10, against: str | None = None,
) -> "Drawing":  # fmt: skip
    """The funnel plot of a pool: each effect against its standard error, the most precise on top.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.
    contours : bool
        Shade where an effect of that precision would differ from no effect with P below 0.10, 0.05, 0.01.
    fill : bool
        Show, as open circles, the studies that trim and fill adds.
    line : bool
        Draw the line of Egger's regression as well.
    test : str
        The test of asymmetry that is put into words, as in `synthesis.small_study`.
    least : int
        Fewest studies for a test; below, the figure says why there is none.
    against : {"se", "participants"}, optional
        What studies stand by: their standard error, or one over the root of their participants, without
        limits and contours. By default participants for percentages, whose standard errors depend on them.

    Raises
    ------
    FigureError
        For fewer than three studies, or unknown numbers of participants.

    References
    ----------
    Peters JL, et al. J Clin Epidemiol 2008;61:991-6 (contours). Sterne JAC, et al. BMJ 2011;343:d4002.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], measure="RR")
    >>> funnel(pool).title
    'Funnel plot. Risk ratio'
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.funnel import content

    return layout(
        content(pool, contours=contours, fill=fill, line=line, test=test, least=least, against=against)
    )


FIGURE = Figure(
    name="funnel",
    about="Effects against their standard errors, with a test of asymmetry in words.",
    subject="pool",
    draw=funnel,
    example="evidence plot funnel objective-response -o funnel.svg",
    options=(
        Option("test", "The test of asymmetry  [default: egger]", metavar="KEY"),
        Option("least", "Fewest studies for a test  [default: 10]", int, "N"),
        Option("against", "se or participants  [default: se, for percentages participants]", metavar="KEY"),
        Option("line", "Draw the line of Egger's regression.", switch=True),
    ),
)
