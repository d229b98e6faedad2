"""The flow of participants of one study: from allocated to analysed, its arithmetic checked."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure, Option

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing


def participants(review: "Review", *, study: str) -> "Drawing":
    """The flow of one study's people, arm by arm; what does not add up is marked.

    Parameters
    ----------
    review : Review
        With its studies.
    study : str
        The key of one that prints its flow.

    Raises
    ------
    FigureError
        There is no such study, or it prints no flow.

    References
    ----------
    Hopewell S, et al. BMJ 2025;389:e081123 (CONSORT).

    Examples
    --------
    >>> from evidence.loading import read_review
    >>> review = read_review("tests/synthesis/figures/gallery/demo")
    >>> participants(review, study="adams-2001").title
    'Flow of participants. Adams 2001: flow of participants'
    """
    from synthesis.figures.boxes_layout import layout
    from synthesis.figures.contents.participants import content

    return layout(content(review, study))


FIGURE = Figure(
    name="participants",
    about="The flow of participants of one study.",
    subject="review",
    draw=participants,
    example="evidence plot participants --study decision",
    options=(Option("study", "The key of the study", metavar="STUDY", needed=True),),
)
