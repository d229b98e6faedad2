"""The leave-one-out figure: what the pool would be without each study."""

from typing import TYPE_CHECKING

from synthesis.figures.figure import Figure

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.fit import Pool


def leave_one_out(pool: "Pool") -> "Drawing":
    """The pools without each study, in the order of their means, against the interval of the whole pool.

    Parameters
    ----------
    pool : Pool
        What `synthesis.pool` gave.

    Raises
    ------
    FigureError
        For fewer than three studies.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], measure="RR")
    >>> leave_one_out(pool).title
    'Leave-one-out. Risk ratio'
    """
    from synthesis.figures.contents.leave_one_out import content
    from synthesis.figures.lanes_layout import layout

    return layout(content(pool))


FIGURE = Figure(
    name="leave_one_out",
    about="The pool without each study in turn.",
    subject="pool",
    draw=leave_one_out,
    example="evidence plot leave-one-out objective-response",
)
