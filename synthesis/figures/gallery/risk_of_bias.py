"""Risk of bias: a sign for every study and domain."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def risk_of_bias(review: "Review", *, endpoint: str | None = None, tool: str | None = None) -> "Drawing":
    """The judgements of risk of bias that people entered: a row a study, a column a domain.

    Parameters
    ----------
    review : Review
        With its studies and their ``bias``.
    endpoint : str, optional
        Only judgements about this endpoint, or about all of them.
    tool : str, optional
        Judgements with this tool; by default the one used most.

    Raises
    ------
    FigureError
        No study was judged.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> drawing = risk_of_bias(read_review("tests/synthesis/figures/gallery/demo"))
    >>> drawing.title
    'Traffic lights. Risk of bias (RoB 2), 3 studies'
    """
    from synthesis.figures.contents.risk_of_bias import lights
    from synthesis.figures.lanes_layout import layout

    return layout(lights(review, endpoint, tool))


FIGURE = Figure(
    name="risk_of_bias",
    about="Risk of bias of every study in every domain.",
    subject="review",
    draw=risk_of_bias,
    example="evidence plot risk-of-bias --tool RoB2",
    options=(
        Option("endpoint", "Only judgements about this endpoint, or about all.", metavar="ENDPOINT"),
        Option("tool", "Judgements with this tool  [default: the one used most]", metavar="TOOL"),
    ),
)
