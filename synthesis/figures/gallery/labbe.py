"""The plot of L'Abbé: the risk in one arm against the risk in the other."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def labbe(pool: "Pool") -> "Drawing":
    """The risk in the first arm against that in the second, with the pooled effect as a curve.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave, of a table with events and participants of two arms.

    Raises
    ------
    FigureError
        Events or participants of an arm are not known.

    References
    ----------
    L'Abbé KA, Detsky AS, O'Rourke K. Ann Intern Med 1987;107:224-33.

    Examples
    --------
    >>> import synthesis
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> pool = synthesis.pool(synthesis.effects(review, "response", compare=("drug", "placebo")))
    >>> labbe(pool).title
    "L'Abbé plot. Response: Drug versus Placebo"
    """
    from synthesis.figures.chart_layout import layout
    from synthesis.figures.contents.labbe import content

    return layout(content(pool))


FIGURE = Figure(
    name="labbe",
    about="Risk in one arm against risk in the other (L'Abbé).",
    subject="pool",
    draw=labbe,
    example="evidence plot labbe objective-response --compare anlotinib,sorafenib",
)
