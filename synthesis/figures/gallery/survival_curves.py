"""Survival curves as read from a paper's figure, with what the paper prints on them."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def survival_curves(review: "Review", endpoint: str, *, study: str | None = None) -> "Drawing":
    """The curves of one study as steps, the numbers at risk below, printed medians and landmarks on them.

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
        No study has a curve of the endpoint, or several have and none was named.

    References
    ----------
    Guyot P, et al. BMC Med Res Methodol 2012;12:9.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> survival_curves(review, "survival").title
    'Survival curves. Adams 2001: Overall survival'
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.survival_curves import content

    return layout(content(review, endpoint, study))


FIGURE = Figure(
    name="survival_curves",
    about="Survival curves read from a figure, against printed numbers.",
    subject="endpoint",
    draw=survival_curves,
    example="evidence plot survival-curves overall-survival --study chen-2025",
    options=(Option("study", "The key of one study", metavar="STUDY"),),
)
