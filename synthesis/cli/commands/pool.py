"""`evidence pool`: what the studies come to, taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from synthesis.cli.answers import brief_block, group_lines, in_full, indirect_block, indirect_record
from synthesis.cli.asking import asked, endpoint_argument, narrowing
from synthesis.cli.listing import Command
from synthesis.cli.modelling import modelling
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import READINGS, common, root_option
from synthesis.cli.tables import finding_lines, heading, lines, record, unused_block, unused_records

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.planning import PlannedIndirect
    from synthesis.table import EffectTable

ALL = "all"
EXAMPLES = """\
evidence pool                                           what the review plans, and the rest in brief
evidence pool progression-free-survival
evidence pool objective-response --compare anlotinib,sorafenib --measure OR --tau2 PM
evidence pool any-adverse-event --reading all           under every reading of the printed numbers
evidence pool objective-response --by design            groups of studies beside all of them
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
@click.option(
    "--by", metavar="NAME", help="Pool groups too: by design, country, treatment, timing, year, ..."
)
@click.option("--explain", is_flag=True, help="Add a methods paragraph with its references.")
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def pool(
    endpoint: str | None,
    measure: str | None,
    compare: str | None,
    reading: str,
    zeros: str | None,
    by: str | None,
    explain: bool,
    root: str | None,
    output: str | None,
    format_: str,
    **model: Any,
) -> int:
    """The exit code 0, once the results were shown."""
    from synthesis.characteristics import grouped_by
    from synthesis.cli import folder
    from synthesis.estimating import Unused
    from synthesis.planning import indirect_comparisons

    review = folder.read(root)
    made: list[EffectTable] = []
    through: list[PlannedIndirect] = []
    unused = dict[Unused, None]()
    for one in READINGS if reading == ALL else (reading,):
        audit = folder.audited(review, one)
        tables, left = asked(review, audit, endpoint, measure, compare, one, zeros)
        unused |= dict.fromkeys(left)
        made += [grouped_by(review, table, by) for table in tables] if by else tables
        if measure is compare is None:
            through += indirect_comparisons(review, audit, one, only=endpoint)
    if endpoint is not None and not (made or through or unused):
        raise click.UsageError(f"{endpoint} gives nothing to pool in this way")
    if format_ == "json":
        pools = [_record(review, table, model) for table in made]
        indirect = [indirect_record(each) for each in through]
        show_json(
            {"schema": 1, "pools": pools, "indirect": indirect, "unused": unused_records(unused)}, output
        )
    else:
        full, brief = in_full(review, made, endpoint)
        blocks = [_said(review, table, model, explain) for table in full]
        blocks += [indirect_block(each) for each in through]
        show("\n\n".join([*blocks, *brief_block(review, brief), *unused_block(unused)]), output)
    return 0


def _record(review: Review, table: EffectTable, model: dict[str, Any]) -> dict[str, Any]:
    from synthesis.planning import grouped, pooled

    got, groups = pooled(review, table, **model), grouped(review, table, **model)
    return {
        "table": record(table),
        "pool": got.to_dict() if got else None,
        "groups": groups.to_dict() if groups else None,
    }


def _said(review: Review, table: EffectTable, model: dict[str, Any], explained: bool) -> str:
    from synthesis.planning import grouped, pooled

    got = pooled(review, table, **model)
    read = [] if table.reading == READINGS[0] else [f"  numbers read {table.reading}"]
    if got is None:
        return "\n".join([*lines(table), *read])
    summary = (f"  {line}" for line in got.summary().splitlines())
    told = [f"  {got.explain()}"] if explained else []
    found = grouped(review, table, **model)
    groups = group_lines(found)
    if found is None and len(table.groups) > 1:
        groups = iter([f"  groups are not pooled by {got.model}"])
    notes = (f"  {note}" for note in table.notes)
    return "\n".join([heading(table), *read, *summary, *groups, *notes, *finding_lines(table), *told])


COMMAND = pool
