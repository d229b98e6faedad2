"""The network of comparisons: treatments as nodes, studies as edges."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def network(review: "Review", *, endpoint: str | None = None) -> "Drawing":
    """Which treatments were compared, in how many studies and with how many people.

    Parameters
    ----------
    review : Review
        With its studies.
    endpoint : str, optional
        Only studies that report it.

    Raises
    ------
    FigureError
        No study compares two treatments.

    References
    ----------
    Salanti G, et al. PLoS Med 2008;5:e139.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> network(review).title
    'Network of comparisons. Comparisons: A demonstration review'
    """
    from synthesis.figures.contents.network import content
    from synthesis.figures.network_layout import layout

    return layout(content(review, endpoint))


FIGURE = Figure(
    name="network",
    about="Which treatments were compared, and how often.",
    subject="review",
    draw=network,
    example="evidence plot network --endpoint progression-free-survival",
    options=(Option("endpoint", "Only studies that report this endpoint.", metavar="ENDPOINT"),),
)
