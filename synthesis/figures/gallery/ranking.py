"""The ranking: P-scores beside the effects they come from."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing
    from synthesis.figures.contents.network_result import NetworkResult


def ranking(
    shown: "NetworkResult | Review",
    endpoint: str | None = None,
    *,
    measure: str | None = None,
    reference: str | None = None,
    audit: "Audit | None" = None,
) -> "Drawing":
    """The treatments in the order of their P-scores, never without their effects against one of them.

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
    reference : str, optional
        Key of the treatment the others are held against; by default the one compared with most others.

    Raises
    ------
    FigureError
        Some pair was not compared, or nobody said which way the endpoint is better.

    References
    ----------
    Rücker G, Schwarzer G. BMC Med Res Methodol 2015;15:58.

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> ranking(review, "response").title
    'Ranking. Response'
    """
    from synthesis.errors import FigureError
    from synthesis.figures.contents.network_result import NetworkResult, of_review
    from synthesis.figures.contents.ranking import content
    from synthesis.figures.lanes_layout import layout

    if isinstance(shown, NetworkResult):
        result = shown
    elif endpoint is None:
        raise FigureError("say of which endpoint")
    else:
        result = of_review(shown, endpoint, measure, audit)
    return layout(content(result, reference))


FIGURE = Figure(
    name="ranking",
    about="Treatments by P-score, beside their effects.",
    subject="endpoint",
    draw=ranking,
    example="evidence plot ranking progression-free-survival",
    options=(
        Option("measure", "Effect measure  [default: the review's]", metavar="CODE"),
        Option("reference", "The treatment others are held against.", metavar="TREATMENT"),
    ),
    audited=True,
)
