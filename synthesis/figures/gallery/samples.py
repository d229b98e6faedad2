"""The samples that a printed mean and SD allow."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing


def samples(
    mean: str, sd: str, n: int, least: int, most: int, *, items: int = 1, draws: int = 12, seed: int = 1
) -> "Drawing":
    """How many samples of whole numbers have a printed mean and SD, and a fair draw of them as histograms.

    Parameters
    ----------
    mean, sd : str
        As printed; 3.70 and 3.7 say different things.
    n : int
        How many people.
    least, most : int
        Ends of the scale that one answer has.
    items : int
        Answers a person whose mean the value is.
    draws, seed : int
        How many samples are drawn, and where the draw begins.

    Raises
    ------
    FigureError
        There is no such sample, or they are too many to count.

    References
    ----------
    Heathers J, et al. PeerJ Preprints 2018;6:e26968v1 (SPRITE).

    Examples
    --------
    >>> samples("3.2", "2.4", 19, 0, 7).title
    'Possible samples. Mean 3.2 and SD 2.4 of 19 values from 0 to 7: 2,201 possible samples'
    """
    from synthesis.figures.contents.samples import content
    from synthesis.figures.lanes_layout import layout

    return layout(content(mean, sd, n, least, most, items, draws, seed))


FIGURE = Figure(
    name="samples",
    about="Samples that a printed mean and SD allow (SPRITE, CLOSURE).",
    subject="numbers",
    draw=samples,
    example="evidence plot samples --mean 3.2 --sd 2.4 --n 19 --least 0 --most 7",
    options=(
        Option("mean", "The mean as printed.", metavar="NUMBER", needed=True),
        Option("sd", "The standard deviation as printed.", metavar="NUMBER", needed=True),
        Option("n", "How many people.", int, "N", needed=True),
        Option("least", "Least answer of the scale.", int, "N", needed=True),
        Option("most", "Greatest answer of the scale.", int, "N", needed=True),
        Option("items", "Answers a person whose mean the value is  [default: 1]", int, "N"),
        Option("draws", "How many samples are drawn  [default: 12]", int, "N"),
        Option("seed", "Where the draw begins  [default: 1]", int, "N"),
    ),
)
