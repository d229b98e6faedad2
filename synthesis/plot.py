"""The doors to the figures, one function a figure, each giving a `Drawing`.

The forest plot is here; the others are the files of `synthesis.figures.gallery`, each imported when it is
first used.

>>> import synthesis
>>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], labels=["A", "B", "C"])
>>> synthesis.plot.forest(pool).name
'forest'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.figures.gallery.funnel import funnel as funnel
    from synthesis.fit import Pool
    from synthesis.table import EffectTable


def forest(
    shown: "Pool | EffectTable",
    *,
    reason: str = "",
    level: float = 95.0,
    limits: tuple[float, float] | None = None,
) -> "Drawing":
    """The forest plot of a pool, or of an effect table whose rows are shown and not pooled.

    Parameters
    ----------
    shown : Pool or EffectTable
        What `synthesis.pool` or `synthesis.effects` gave.
    reason : str
        Why a table is not pooled, printed with it; its own reason when empty.
    level : float
        Per cent, for the intervals of a table; a pool has its own.
    limits : (low, high), optional
        Ends of the axis as printed (ratios, percentages); what lies beyond gets an arrow.

    Returns
    -------
    Drawing
        ``.save("orr.pdf")`` writes SVG, PDF or PNG by the suffix, ``.to_matplotlib()`` goes on drawing.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04])
    >>> forest(pool).to_svg().startswith("<svg")
    True
    """
    from synthesis.figures.forest import content, layout

    return layout(content(shown, reason=reason, level=level, limits=limits))


def __getattr__(name: str) -> Any:
    from synthesis.figures import gallery

    if name.startswith("_") or name not in gallery.names():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = gallery.get(name).draw
    return value


def __dir__() -> list[str]:
    from synthesis.figures import gallery

    return sorted({*globals(), *gallery.names()})
