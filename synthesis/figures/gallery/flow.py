"""The flow of studies: from records identified to studies included, its arithmetic checked."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def flow(
    review: "Review",
    *,
    identified: int | None = None,
    removed: int | None = None,
    screened: int | None = None,
    screened_out: int | None = None,
    sought: int | None = None,
    not_retrieved: int | None = None,
) -> "Drawing":
    """The PRISMA diagram of a review; what nobody counted says so, and what does not add up is marked.

    Parameters
    ----------
    review : Review
        Whose studies are included, and whose ``excluded`` are named with their reasons.
    identified, removed, screened, screened_out, sought, not_retrieved : int, optional
        Records identified, removed before screening, screened and excluded; reports sought and not
        retrieved. Those not given are taken from the review's ``flow``.

    Raises
    ------
    FigureError
        A count is negative.

    References
    ----------
    Page MJ, et al. BMJ 2021;372:n71.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> "This does not add up" in flow(review, identified=100, removed=20, screened=81).description
    True
    """
    from synthesis.figures.boxes_layout import layout
    from synthesis.figures.contents.flow import content

    counts = {
        "identified": identified,
        "removed": removed,
        "screened": screened,
        "screened_out": screened_out,
        "sought": sought,
        "not_retrieved": not_retrieved,
    }
    return layout(content(review, **counts))


FIGURE = Figure(
    name="flow",
    about="The flow of studies into the review (PRISMA).",
    subject="review",
    draw=flow,
    example="evidence plot flow --identified 412 --removed 80 --screened 332",
    options=(
        Option("identified", "Records identified.", int, "N"),
        Option("removed", "Records removed before screening.", int, "N"),
        Option("screened", "Records screened.", int, "N"),
        Option("screened_out", "Records excluded on screening.", int, "N"),
        Option("sought", "Reports sought.", int, "N"),
        Option("not_retrieved", "Reports not retrieved.", int, "N"),
    ),
)
