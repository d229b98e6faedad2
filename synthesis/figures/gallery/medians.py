"""Medians of both arms of every study, as dumbbells."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def medians(review: "Review", endpoint: str, *, study: str | None = None) -> "Drawing":
    """The printed medians of a time to event with their intervals, arm by arm, and the hazard ratio beside.

    Parameters
    ----------
    review : Review
        With its studies.
    endpoint : str
        What was measured.
    study : str, optional
        The key of one study.

    Raises
    ------
    FigureError
        No study prints a median of the endpoint.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> medians(review, "survival").title
    'Medians. Overall survival: medians of 2 studies'
    """
    from synthesis.figures.contents.medians import content
    from synthesis.figures.lanes_layout import layout

    return layout(content(review, endpoint, study))


FIGURE = Figure(
    name="medians",
    about="Medians of every arm, with their intervals.",
    subject="endpoint",
    draw=medians,
    example="evidence plot medians progression-free-survival",
    options=(Option("study", "The key of one study", metavar="STUDY"),),
)
