"""The league table: every treatment against every other."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing
    from synthesis.figures.contents.network_result import NetworkResult


def league(
    shown: "NetworkResult | Review",
    endpoint: str | None = None,
    *,
    measure: str | None = None,
    audit: "Audit | None" = None,
) -> "Drawing":
    """Every treatment against every other: of the network below the diagonal, direct above it.

    Parameters
    ----------
    shown : NetworkResult or Review
        What a network found; or a review, whose direct pools are taken and pairs without one compared through
        a common treatment.
    endpoint : str, optional
        Of a review: what was measured.
    measure : str, optional
        Of a review: code of the effect measure.
    audit : Audit, optional
        Of a review: what `evidence.audit` found, where a plan needs it.

    Raises
    ------
    FigureError
        No two treatments were compared, or a review is given without an endpoint.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> league(review, "response").title
    'League table. Response'
    """
    from synthesis.errors import FigureError
    from synthesis.figures.contents.league import content
    from synthesis.figures.contents.network_result import NetworkResult, of_review
    from synthesis.figures.league_layout import layout

    if isinstance(shown, NetworkResult):
        result = shown
    elif endpoint is None:
        raise FigureError("say of which endpoint")
    else:
        result = of_review(shown, endpoint, measure, audit)
    return layout(content(result))


FIGURE = Figure(
    name="league",
    about="Every treatment against every other.",
    subject="endpoint",
    draw=league,
    example="evidence plot league progression-free-survival",
    options=(Option("measure", "Effect measure  [default: the review's]", metavar="CODE"),),
    audited=True,
)
