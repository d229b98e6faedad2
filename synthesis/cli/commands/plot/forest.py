"""`evidence plot forest`: a forest plot of one endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from synthesis.cli.asking import asked, narrowing, one_of
from synthesis.cli.listing import Command, OneOf
from synthesis.cli.modelling import modelling
from synthesis.cli.output import counted, show_json, working
from synthesis.cli.settings import common, root_option

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.drawing.drawing import Drawing
    from synthesis.table import EffectTable

EXAMPLES = """\
evidence plot forest objective-response
evidence plot forest objective-response --compare anlotinib,sorafenib -o response.pdf
evidence plot forest objective-response --layout bmj --order effect --density
"""
LAYOUTS = ("standard", "revman", "bmj", "jama", "lancet", "compact")
ORDERS = ("given", "year", "label", "effect", "weight", "precision", "bias")


class NamedNumber(click.ParamType):
    """A name and a number, ``MID=1.25``."""

    name = "name=number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        name, _, number = (part.strip() for part in str(value).rpartition("="))
        try:
            found = float(number)
        except ValueError:
            found = None
        if not name or found is None:
            self.fail(f"{value!r} is no name and number; write it like MID=1.25", param, ctx)
        return name, found


class Ends(click.ParamType):
    """Two numbers, ``0.1,10``."""

    name = "low,high"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float]:
        try:
            low, high = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is no pair of numbers; write it like 0.1,10", param, ctx)
        return low, high


def drawing_options(command: Any) -> Any:
    """The options about how the figure looks."""
    for option in (
        click.option("-o", "--output", metavar="FILE", help="The file to write  [default: ENDPOINT.svg]"),
        click.option("--also-common", is_flag=True, help="Outline the common effect under the diamond."),
        click.option("--readings", is_flag=True, help="Show what every reading of the numbers would change."),
        click.option("--no-bias", is_flag=True, help="Leave out the columns of risk of bias."),
        click.option("--density", is_flag=True, help="Draw the whole predictive distribution."),
        click.option(
            "--line", "lines", type=NamedNumber(), multiple=True, metavar="NAME=VALUE", help="Mark a value."
        ),
        click.option("--limits", type=Ends(), metavar="LOW,HIGH", help="Ends of the axis, as printed."),
        click.option(
            "--order", type=OneOf(ORDERS), default="year", show_default=True, help="Of the studies."
        ),
        click.option(
            "--layout", type=OneOf(LAYOUTS), default="standard", show_default=True, help="Of which journal."
        ),
    ):
        command = option(command)
    return command


@common("text", "json")
@click.command(
    cls=Command,
    order=1,
    examples=EXAMPLES,
    short_help="A forest plot of one endpoint.",
    help="""Draw the forest plot of an endpoint: each study's data and effect, and the pooled effect.

    The ending of FILE chooses the format: .svg, .pdf or .png. Without -o it is ENDPOINT.svg.""",
)
@click.argument("endpoint")
@narrowing()
@modelling()
@root_option()
@drawing_options
def forest(
    endpoint: str,
    measure: str | None,
    compare: str | None,
    reading: str,
    zeros: str | None,
    root: str | None,
    output: str | None,
    format_: str,
    **given: Any,
) -> int:
    """The exit code 0, once the figure is written."""
    from synthesis.cli import folder

    review = folder.read(root)
    audit = folder.audited(review, reading)
    tables, unused = asked(review, audit, endpoint, measure, compare, reading, zeros)
    table = one_of(tables, endpoint, unused)
    file = output or f"{endpoint}.svg"
    with working(f"Drawing {file}"):
        drawing = drawn(review, audit, table, given)
        drawing.save(file)
    written = [str(path) for path in drawing.files(file)]
    if format_ == "json":
        found = {"written": file, "endpoint": endpoint, "compare": table.compare, "k": table.k}
        show_json({"schema": 1, **found, **({"pages": written} if len(written) > 1 else {})})
    else:
        named = file if len(written) == 1 else f"{written[0]} to {written[-1]}"
        click.echo(f"wrote {named}: {counted(table.k, 'study')}")
    return 0


def drawn(review: Review, audit: Audit, table: EffectTable, given: dict[str, Any]) -> Drawing:
    """The figure of a table: pooled, in the groups of the plan, where its rows may be."""
    from synthesis.plot import forest as draw

    readings = given.pop("readings")
    bias = {} if given.pop("no_bias") else {one.study: one.bias for one in review.studies if one.bias}
    look = {name: given.pop(name) for name in ("layout", "order", "limits")}
    look["prediction"] = "density" if given.pop("density") else "bar"
    look["also"] = "common-effect" if given.pop("also_common") else None
    look["lines"] = dict(given.pop("lines"))
    return draw(shown(review, audit, table, readings, given), bias=bias, **look)


def shown(review: Review, audit: Audit, table: EffectTable, readings: bool, model: dict[str, Any]) -> Any:
    """What is drawn: every reading of the table, its pool in groups, its pool, or the table itself."""
    from synthesis.planning import grouped, pooled

    if not readings:
        of_groups = {name: model[name] for name in ("model", "tau2", "interval", "level")}
        return grouped(review, table, **of_groups) or pooled(review, table, **model) or table
    from synthesis.rereading import under_every_reading

    pool = pooled(review, table, **model)
    if pool is None or table.reading != "corrected":
        raise click.UsageError("--readings is about rows that are pooled, under the default reading")
    return under_every_reading(review, [pool], audit)[0]


COMMAND = forest
