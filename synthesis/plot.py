"""The doors to the figures, one function a figure, each giving a `Drawing`.

The forest plot is here; the others are the files of `synthesis.figures.gallery`, each imported when it is
first used.

>>> import synthesis
>>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], labels=["A", "B", "C"])
>>> synthesis.plot.forest(pool).name
'forest'
"""

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from synthesis.drawing.drawing import Drawing
    from synthesis.figures.forest_layouts import ForestLayout
    from synthesis.figures.gallery.baujat import baujat as baujat
    from synthesis.figures.gallery.before_after import before_after as before_after
    from synthesis.figures.gallery.bias_summary import bias_summary as bias_summary
    from synthesis.figures.gallery.bubble import bubble as bubble
    from synthesis.figures.gallery.cumulative import cumulative as cumulative
    from synthesis.figures.gallery.drapery import drapery as drapery
    from synthesis.figures.gallery.flow import flow as flow
    from synthesis.figures.gallery.funnel import funnel as funnel
    from synthesis.figures.gallery.gosh import gosh as gosh
    from synthesis.figures.gallery.influence import influence as influence
    from synthesis.figures.gallery.labbe import labbe as labbe
    from synthesis.figures.gallery.league import league as league
    from synthesis.figures.gallery.leave_one_out import leave_one_out as leave_one_out
    from synthesis.figures.gallery.ledger import ledger as ledger
    from synthesis.figures.gallery.medians import medians as medians
    from synthesis.figures.gallery.multiverse import multiverse as multiverse
    from synthesis.figures.gallery.network import network as network
    from synthesis.figures.gallery.participants import participants as participants
    from synthesis.figures.gallery.profile import profile as profile
    from synthesis.figures.gallery.radial import radial as radial
    from synthesis.figures.gallery.ranking import ranking as ranking
    from synthesis.figures.gallery.risk_of_bias import risk_of_bias as risk_of_bias
    from synthesis.figures.gallery.samples import samples as samples
    from synthesis.figures.gallery.summary_of_findings import summary_of_findings as summary_of_findings
    from synthesis.figures.gallery.survival_curves import survival_curves as survival_curves
    from synthesis.fit import Pool
    from synthesis.models.subgroups import Subgroups
    from synthesis.rereading import Sensitivity
    from synthesis.table import EffectTable


def forest(
    shown: "Pool | EffectTable | Subgroups | Sensitivity",
    *,
    layout: "str | ForestLayout" = "standard",
    reason: str = "",
    level: float = 95.0,
    limits: tuple[float, float] | None = None,
    order: str = "given",
    prediction: Literal["bar", "density"] = "bar",
    also: "Pool | Literal['common-effect'] | None" = None,
    lines: "Mapping[str, float] | None" = None,
    bias: "Mapping[str, Any] | None" = None,
    links: "Mapping[str, str] | None" = None,
) -> "Drawing":
    """The forest plot of a pool, of groups of studies, or of a table that is shown and not pooled.

    Parameters
    ----------
    shown : Pool, Subgroups, EffectTable or Sensitivity
        What `synthesis.pool`, `synthesis.subgroups` or `synthesis.effects` gave; or one comparison under
        every reading of its numbers, of `synthesis.rereading.under_every_reading`.
    layout : str or ForestLayout
        standard, revman, bmj, jama, lancet or compact (for a column of 84 mm); or a record of one's own.
    reason : str
        Why a table is not pooled, printed with it; its own reason when empty.
    level : float
        Per cent, for the intervals of a table; a pool has its own.
    limits : (low, high), optional
        Ends of the axis as printed (ratios, percentages); what lies beyond gets an arrow.
    order : str
        given, year, label, effect, weight, precision or bias; within each group.
    prediction : {"bar", "density"}
        How the prediction interval is drawn: an open bar, or the whole predictive distribution.
    also : Pool or "common-effect", optional
        Another model of the same studies, drawn as an outline.
    lines : {name: value}, optional
        Further values to mark, as printed, such as a minimal important difference.
    bias : {study: Bias or several}, optional
        Judgements of risk of bias, by the key of the study (or its label, for plain arrays).
    links : {address of a row: "#anchor"}, optional
        Where audit signs lead when the figure is set into a page.

    Returns
    -------
    Drawing
        ``.save("orr.pdf")`` writes SVG, PDF or PNG by the suffix, ``.to_matplotlib()`` goes on drawing.
        More than 40 rows are cut into ``.pages`` for PDF and PNG.

    Examples
    --------
    >>> import synthesis
    >>> pool = synthesis.pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04])
    >>> forest(pool, layout="bmj").to_svg().startswith("<svg")
    True
    """
    from synthesis.figures.forest import content, layout_of
    from synthesis.figures.forest import layout as placed

    form = layout_of(layout)
    rows = content(
        shown,
        reason=reason,
        level=level,
        limits=limits,
        layout=form,
        order=order,
        prediction=prediction,
        also=also,
        lines=lines,
        bias=bias,
        links=links,
    )
    return placed(rows, form.style)


def __getattr__(name: str) -> Any:
    from synthesis.figures import gallery

    if name.startswith("_") or name not in gallery.names():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = gallery.get(name).draw
    return value


def __dir__() -> list[str]:
    from synthesis.figures import gallery

    return sorted({*globals(), *gallery.names()})
