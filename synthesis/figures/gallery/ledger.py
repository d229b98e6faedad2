"""The ledger of claims: what was printed and what recomputing gives, number by number."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def ledger(
    review: "Review", *, study: str | None = None, which: str = "alarming", audit: "Audit | None" = None
) -> "Drawing":
    """Printed numbers on a line each: the values that print so, and the values that recomputing gives.

    Parameters
    ----------
    review : Review
        With its studies.
    study : str, optional
        The key of one study; by default all of them.
    which : {"alarming", "all"}
        Errors and warnings, or everything that was recomputed.
    audit : Audit, optional
        What `evidence.audit` found; made here otherwise.

    Raises
    ------
    FigureError
        There is nothing to draw.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> drawing = ledger(read_review("studies"), study="gansu-2024")
    >>> drawing.title.startswith("Ledger of claims.")
    True
    """
    from evidence.auditing import audit as audited
    from synthesis.figures.contents.ledger import content
    from synthesis.figures.lanes_layout import layout

    return layout(content(review, audited(review) if audit is None else audit, study, which))


FIGURE = Figure(
    name="ledger",
    about="Printed numbers beside what recomputing gives.",
    subject="review",
    draw=ledger,
    example="evidence plot ledger --study gansu-2024",
    options=(
        Option("study", "The key of one study  [default: all]", metavar="STUDY"),
        Option("which", "alarming (errors and warnings) or all  [default: alarming]", metavar="KEY"),
    ),
    audited=True,
)
