"""The Summary of Findings: for each outcome the risks, the effect, the people and the certainty."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def summary_of_findings(
    review: "Review", *, outcomes: Sequence[str] | None = None, audit: "Audit | None" = None
) -> "Drawing":
    """The table of what was found: absolute risks from stated ones, effects, people, certainty by people.

    Parameters
    ----------
    review : Review
        With its ``baseline_risks`` and its ``certainty``; where these are missing the table says so.
    outcomes : sequence of str, optional
        Names of syntheses or endpoints; by default the planned ones, at most seven.
    audit : Audit, optional
        What `evidence.audit` found, where a plan needs it.

    Raises
    ------
    FigureError
        No outcome has an effect, or a name is not known.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> drawing = summary_of_findings(read_review("tests/synthesis/figures/gallery/demo"))
    >>> drawing.title
    'Table. Summary of findings: A demonstration review'
    """
    from synthesis.figures.contents.summary_of_findings import content
    from synthesis.figures.lanes_layout import layout

    return layout(content(review, audit, outcomes))


FIGURE = Figure(
    name="summary_of_findings",
    about="Risks, effects, people and certainty for each outcome.",
    subject="review",
    draw=summary_of_findings,
    example="evidence plot summary-of-findings --outcomes response,nausea",
    options=(Option("outcomes", "Syntheses or endpoints, at most seven.", metavar="NAMES", words=True),),
    audited=True,
)
