"""The multiverse: one comparison pooled in every reasonable way."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def multiverse(
    review: "Review",
    endpoint: str,
    *,
    compare: tuple[str, ...] | None = None,
    measure: str | None = None,
    audit: "Audit | None" = None,
) -> "Drawing":
    """Every answer that estimators of tau2, intervals and readings of the numbers give, in their order.

    Parameters
    ----------
    review : Review
        With its studies.
    endpoint : str
        What was measured.
    compare : tuple of str, optional
        Two treatments, or one for single arms.
    measure : str, optional
        Code of the effect measure; by default the first that gives an answer.
    audit : Audit, optional
        What `evidence.audit` found; made here otherwise.

    Raises
    ------
    FigureError
        Nothing could be pooled.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> multiverse(review, "response", compare=("drug", "placebo")).title
    'Every way of pooling. Response: Drug versus Placebo'
    """
    from synthesis.every_way import multiverse as every_way
    from synthesis.figures.contents.multiverse import content
    from synthesis.figures.lanes_layout import layout

    measures = None if measure is None else (measure,)
    found = every_way(review, endpoint, compare=compare, measures=measures, audit=audit)
    return layout(content(found, measure))


FIGURE = Figure(
    name="multiverse",
    about="One comparison pooled in every reasonable way.",
    subject="endpoint",
    draw=multiverse,
    example="evidence plot multiverse objective-response --compare anlotinib,sorafenib",
    options=(Option("measure", "Effect measure  [default: the first with an answer]", metavar="CODE"),),
    audited=True,
)
