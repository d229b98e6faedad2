"""`evidence effects`: what each study says, as effects with their data."""

import click

from synthesis.cli.answers import brief_block, in_full
from synthesis.cli.asking import asked, endpoint_argument, narrowing
from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common, root_option
from synthesis.cli.tables import lines, record, unused_block, unused_records

EXAMPLES = """\
evidence effects                                        what the review plans, and the rest in brief
evidence effects objective-response                     one endpoint
evidence effects objective-response --compare anlotinib,sorafenib --measure OR
evidence effects --format json > effects.json
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=5,
    examples=EXAMPLES,
    short_help="What each study says, with its data.",
    help="""Show the effect of each study, the numbers it was made from, and which studies gave none and why.

    Ratios are shown as ratios and analysed as logarithms; --format json gives both scales.""",
)
@endpoint_argument()
@narrowing()
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def effects(
    endpoint: str | None,
    measure: str | None,
    compare: str | None,
    reading: str,
    zeros: str | None,
    root: str | None,
    output: str | None,
    format_: str,
) -> int:
    """The exit code 0, once the tables were shown."""
    from synthesis.cli import folder
    from synthesis.planning import tables_behind

    review = folder.read(root)
    audit = folder.audited(review, reading)
    tables, unused = asked(review, audit, endpoint, measure, compare, reading, zeros)
    if endpoint in review.syntheses and not tables:
        tables = tables_behind(review, endpoint, audit, reading)
    if format_ == "json":
        show_json(
            {
                "schema": 1,
                "tables": [record(table) for table in tables],
                "unused": unused_records(unused),
            },
            output,
        )
        return 0
    full, brief = in_full(review, tables, endpoint)
    blocks = ["\n".join(lines(table)) for table in full]
    show("\n\n".join([*blocks, *brief_block(review, brief), *unused_block(unused)]), output)
    return 0


COMMAND = effects
