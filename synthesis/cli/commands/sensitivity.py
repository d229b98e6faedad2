"""`evidence sensitivity`: one comparison pooled in every reasonable way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from synthesis.cli.asking import zeros_option
from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json, working
from synthesis.cli.settings import common, root_option
from synthesis.cli.tables import aligned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from synthesis.every_way import Multiverse, Universe

EXAMPLES = """\
evidence sensitivity any-adverse-event --compare anlotinib,sorafenib
evidence sensitivity objective-response --compare anlotinib,sorafenib --measures RR,OR
evidence sensitivity pfs-vs-placebo --plot ways.svg     a synthesis of the plan, by its name
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=6,
    examples=EXAMPLES,
    short_help="One comparison, pooled in every reasonable way.",
    help="""Pool a comparison by every measure, estimator of tau2, interval and reading of the numbers, as one
    table; --plot draws them as well, a figure for the first measure.""",
)
@click.argument("endpoint")
@click.option("--compare", metavar="FIRST,VERSUS", help="Two treatments, the first against the second.")
@click.option(
    "--measures", metavar="CODES", help="Effect measures, such as RR,OR  [default: by the endpoint]"
)
@zeros_option()
@click.option("--plot", metavar="FILE", help="Draw the ways too: .svg, .pdf or .png.")
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def sensitivity(
    endpoint: str,
    compare: str | None,
    measures: str | None,
    zeros: str | None,
    plot: str | None,
    root: str | None,
    output: str | None,
    format_: str,
) -> int:
    """The exit code 0, once the ways were shown."""
    from synthesis.cli import folder
    from synthesis.every_way import known_measures, multiverse

    review = folder.read(root)
    codes = known_measures(_names(measures)) if measures else None
    audit = folder.audited(review)
    with working("Pooling in every way"):
        pair = _names(compare) if compare else None
        found = multiverse(review, endpoint, compare=pair, measures=codes, audit=audit, zeros=zeros)
    if plot is not None:
        from synthesis.plot import forest

        forest(found.table(found.measures[0])).save(plot)
    if format_ == "json":
        show_json({"schema": 1, "multiverse": found.to_dict(), "written": plot}, output)
    else:
        show("\n".join(_lines(found, plot)), output)
    return 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _lines(found: Multiverse, plot: str | None) -> list[str]:
    from synthesis.figures.display import display

    lines = [f"{found.endpoint_label}: {' vs '.join(found.compare_labels)}, {len(found.universes)} ways"]
    for measure in found.measures:
        title = display(measure).name
        heads = ("reading", "tau2 by", "interval", "studies", f"{title} ({found.level:g} % interval)", "p")
        ways, same = _distinct(found.of(measure))
        lines += ["", *aligned([heads, *(_cells(way) for way in ways)])]
        lines += [f"  {', '.join(same)}: as {ways[0].reading}, way by way"] if same else []
        lines += [f"  {way.reading}: {way.reason}" for way in ways if way.reason]
    lines += _error_lines(found)
    return [*lines, *([f"\nwrote {plot}"] if plot else [])]


def _distinct(ways: Sequence[Universe]) -> tuple[list[Universe], list[str]]:
    """The ways, and the readings that change nothing: their ways are those of the first reading."""
    by_reading: dict[str, list[Universe]] = {}
    for way in ways:
        by_reading.setdefault(way.reading, []).append(way)
    first, *others = by_reading
    usual = [_cells(way)[1:] for way in by_reading[first]]
    same = [name for name in others if [_cells(way)[1:] for way in by_reading[name]] == usual]
    return [way for way in ways if way.reading not in same], same


def _error_lines(found: Multiverse) -> list[str]:
    """What known errors would have made of the same studies, marked as what they are."""
    if not found.errors:
        return []
    from synthesis.describing import shown

    def said(estimate: float, low: float, high: float) -> str:
        return f"{shown(estimate)} ({shown(low)} to {shown(high)})"

    first = found.errors[0]
    rows = [("ours, as planned", str(first.k), said(*first.ours), "")]
    for one in found.errors:
        of = ", ".join(one.rows) if len(one.rows) < one.k else ""
        rows.append((f"error: {one.name}", str(one.k), said(one.estimate, one.low, one.high), of))
    return ["", "Errors made elsewhere, shown to compare with and not as results:", *aligned(rows)]


def _cells(way: Universe) -> tuple[str, ...]:
    from synthesis.figures.display import display
    from synthesis.figures.numbers import bounds_text, estimate_text, p_text

    if way.mu is None or way.low is None or way.high is None or way.p is None:
        return (way.reading, way.tau2, way.interval, str(way.k), "nothing to pool", "")
    scale = display(way.measure)
    limits = " to ".join(bounds_text(scale.printed(way.low), scale.printed(way.high), special=scale.special))
    estimate = estimate_text(scale.printed(way.mu), special=scale.special)
    return (way.reading, way.tau2, way.interval, str(way.k), f"{estimate} ({limits})", _bare(p_text(way.p)))


def _bare(p: str) -> str:
    """`0.004` of `P = 0.004`, `<0.001` of `P < 0.001`: the column says that it is p."""
    return p.replace("P = ", "").replace("P ", "").replace("< ", "<")


COMMAND = sensitivity
