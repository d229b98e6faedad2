"""The profile likelihood of tau2."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def profile(pool: "Pool") -> "Drawing":
    """How well each value of tau2 agrees with the effects, and the interval that follows.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.

    Raises
    ------
    FigureError
        For fewer than three studies, or a common-effect model.

    References
    ----------
    Hardy RJ, Thompson SG. Stat Med 1996;15:619-29.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], measure="RR")
    >>> profile(pool).title
    'Profile likelihood of τ². Risk ratio'
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.profile import content

    return layout(content(pool))


FIGURE = Figure(
    name="profile",
    about="Profile likelihood of the variance between studies.",
    subject="pool",
    draw=profile,
    example="evidence plot profile objective-response",
)
