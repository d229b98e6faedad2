"""Risk of bias in short: how many studies have each level in each domain."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def bias_summary(
    review: "Review",
    *,
    endpoint: str | None = None,
    tool: str | None = None,
    weights: Mapping[str, float] | None = None,
) -> "Drawing":
    """How often each level of risk of bias was given: a bar a domain, with the counts in it.

    Parameters
    ----------
    review : Review
        With its studies and their ``bias``.
    endpoint : str, optional
        Only judgements about this endpoint, or about all of them.
    tool : str, optional
        Judgements with this tool; by default the one used most.
    weights : mapping of study to weight, optional
        By which studies count; by default each counts once. The figure says which.

    Raises
    ------
    FigureError
        No study was judged.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> drawing = bias_summary(read_review("tests/synthesis/figures/gallery/demo"))
    >>> drawing.title
    'Summary bars. Risk of bias (RoB 2), 3 studies'
    """
    from synthesis.figures.contents.risk_of_bias import summary
    from synthesis.figures.lanes_layout import layout

    return layout(summary(review, endpoint, tool, weights))


FIGURE = Figure(
    name="bias_summary",
    about="How many studies have each level of risk of bias.",
    subject="review",
    draw=bias_summary,
    example="evidence plot bias-summary -o bias.pdf",
    options=(
        Option("endpoint", "Only judgements about this endpoint, or about all.", metavar="ENDPOINT"),
        Option("tool", "Judgements with this tool  [default: the one used most]", metavar="TOOL"),
    ),
)
