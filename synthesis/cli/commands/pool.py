"""`evidence pool`: what the studies come to, taken together."""

from typing import Any

import click

from synthesis.cli.asking import asked, endpoint_argument, modelling, narrowing, pooled
from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common, root_option
from synthesis.cli.tables import heading, lines, record

EXAMPLES = """\
evidence pool                                           every comparison that studies share
evidence pool progression-free-survival
evidence pool objective-response --compare anlotinib,sorafenib --measure OR --tau2 PM
evidence pool objective-response --interval Wald --level 90 --format json
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=6,
    examples=EXAMPLES,
    short_help="What the studies come to, taken together.",
    help="""Pool the effects of the studies that may be pooled, and say why the others may not.

    The defaults follow present Cochrane guidance: random effects, REML, and the wider of the
    Hartung-Knapp and the Wald interval. The answer says what was applied.""",
)
@endpoint_argument()
@narrowing()
@modelling()
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def pool(
    endpoint: str | None,
    measure: str | None,
    compare: str | None,
    root: str | None,
    output: str | None,
    format_: str,
    **model: Any,
) -> int:
    """The exit code 0, once the results were shown."""
    answers = [(table, pooled(table, model)) for table in asked(root, endpoint, measure, compare)]
    if format_ == "json":
        pools = [{"table": record(table), "pool": got.to_dict() if got else None} for table, got in answers]
        show_json({"schema": 1, "pools": pools}, output)
        return 0
    blocks = []
    for table, got in answers:
        said = (
            [heading(table), *(f"  {line}" for line in got.summary().splitlines())] if got else lines(table)
        )
        left = [f"  left out: {item.label}: {item.reason}" for item in table.left_out] if got else []
        blocks.append("\n".join([*said, *left]))
    show("\n\n".join(blocks), output)
    return 0


COMMAND = pool
