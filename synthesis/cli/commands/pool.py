"""`evidence pool`: what the studies come to, taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from synthesis.cli.asking import asked, endpoint_argument, narrowing
from synthesis.cli.listing import Command
from synthesis.cli.modelling import modelling
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import READINGS, common, root_option
from synthesis.cli.tables import finding_lines, heading, lines, record, unused_block, unused_records

if TYPE_CHECKING:
    from synthesis.fit import Pool
    from synthesis.table import EffectTable

ALL = "all"
EXAMPLES = """\
evidence pool                                           every comparison that studies share
evidence pool progression-free-survival
evidence pool objective-response --compare anlotinib,sorafenib --measure OR --tau2 PM
evidence pool any-adverse-event --reading all           under every reading of the printed numbers
evidence pool objective-response --interval KR --prediction HTS --tau2-interval J --explain
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
@narrowing((*READINGS, ALL))
@modelling()
@click.option("--explain", is_flag=True, help="Add a methods paragraph with its references.")
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def pool(
    endpoint: str | None,
    measure: str | None,
    compare: str | None,
    reading: str,
    explain: bool,
    root: str | None,
    output: str | None,
    format_: str,
    **model: Any,
) -> int:
    """The exit code 0, once the results were shown."""
    from synthesis.cli import folder
    from synthesis.estimating import Unused
    from synthesis.planning import pooled

    review = folder.read(root)
    answers, unused = [], dict[Unused, None]()
    for one in READINGS if reading == ALL else (reading,):
        tables, left = asked(review, folder.audited(review, one), endpoint, measure, compare, one)
        unused |= dict.fromkeys(left)
        answers += [(table, pooled(review, table, **model)) for table in tables]
    if format_ == "json":
        pools = [{"table": record(table), "pool": got.to_dict() if got else None} for table, got in answers]
        show_json({"schema": 1, "pools": pools, "unused": unused_records(unused)}, output)
    else:
        blocks = [_said(table, got, explain) for table, got in answers]
        show("\n\n".join([*blocks, *unused_block(unused)]), output)
    return 0


def _said(table: EffectTable, got: Pool | None, explained: bool) -> str:
    read = [] if table.reading == READINGS[0] else [f"  numbers read {table.reading}"]
    if got is None:
        return "\n".join([*lines(table), *read])
    summary = (f"  {line}" for line in got.summary().splitlines())
    told = [f"  {got.explain()}"] if explained else []
    return "\n".join([heading(table), *read, *summary, *finding_lines(table), *told])


COMMAND = pool
