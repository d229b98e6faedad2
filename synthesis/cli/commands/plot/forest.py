"""`evidence plot forest`: a forest plot of one endpoint."""

from typing import Any

import click

from synthesis.cli.asking import asked, narrowing, one_of
from synthesis.cli.listing import Command
from synthesis.cli.modelling import modelling
from synthesis.cli.output import counted, show_json, working
from synthesis.cli.settings import common, root_option

EXAMPLES = """\
evidence plot forest objective-response
evidence plot forest objective-response --compare anlotinib,sorafenib -o response.pdf
"""


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
@click.option("-o", "--output", metavar="FILE", help="The file to write  [default: ENDPOINT.svg]")
def forest(
    endpoint: str,
    measure: str | None,
    compare: str | None,
    reading: str,
    root: str | None,
    output: str | None,
    format_: str,
    **model: Any,
) -> int:
    """The exit code 0, once the figure is written."""
    from synthesis.cli import folder
    from synthesis.planning import pooled
    from synthesis.plot import forest as drawn

    review = folder.read(root)
    tables, unused = asked(review, folder.audited(review, reading), endpoint, measure, compare, reading)
    table = one_of(tables, endpoint, unused)
    file = output or f"{endpoint}.svg"
    with working(f"Drawing {file}"):
        drawn(pooled(review, table, **model) or table).save(file)
    if format_ == "json":
        show_json(
            {"schema": 1, "written": file, "endpoint": endpoint, "compare": table.compare, "k": table.k}
        )
    else:
        click.echo(f"wrote {file}: {counted(table.k, 'study')}")
    return 0


COMMAND = forest
