"""The slope plot: means before and after, arm by arm."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def before_after(review: "Review", endpoint: str, *, study: str | None = None) -> "Drawing":
    """Lines from the mean before to the mean after treatment, one an arm.

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
        No study prints both.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> before_after(review, "pain").title
    'Before and after. Pain'
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.before_after import content

    return layout(content(review, endpoint, study))


FIGURE = Figure(
    name="before_after",
    about="Means before and after, arm by arm.",
    subject="endpoint",
    draw=before_after,
    example="evidence plot before-after thyroglobulin --study gansu-2024",
    options=(Option("study", "The key of one study", metavar="STUDY"),),
)
