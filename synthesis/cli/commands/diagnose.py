"""`evidence diagnose`: how much a pool owes to single studies, and to small ones."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from synthesis.cli.asking import asked, narrowing, one_of
from synthesis.cli.listing import Command, OneOf
from synthesis.cli.modelling import modelling
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common, root_option
from synthesis.cli.tables import heading, record

if TYPE_CHECKING:
    from synthesis.fit import Pool

DIAGNOSTICS: Mapping[str, str] = {
    "leave-one-out": "leave_one_out:leave_one_out",
    "influence": "influence:influence",
    "cumulative": "cumulative:cumulative",
    "baujat": "influence:baujat",
    "radial": "influence:radial",
    "gosh": "gosh:gosh",
    "small-study": "small_study.asymmetry:small_study",
    "trim-and-fill": "trim_and_fill:trim_and_fill",
    "fail-safe-n": "fail_safe_n:fail_safe_n",
    "excess-significance": "excess_significance:excess_significance",
    "p-curve": "p_curve:p_curve",
    "limit": "limit_meta_analysis:limit_meta_analysis",
    "pet-peese": "precision_effect:pet_peese",
}
"""Name -> module and function of `synthesis.diagnostics`."""
USUAL = ("leave-one-out", "influence", "small-study")
EXAMPLES = """\
evidence diagnose pfs-vs-placebo                          leave-one-out, influence, small-study
evidence diagnose pfs-vs-placebo leave-one-out
evidence diagnose objective-response small-study trim-and-fill --compare anlotinib,sorafenib
evidence diagnose pfs-vs-placebo small-study --test begg --format json
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=6,
    examples=EXAMPLES,
    short_help="What a pool owes to single studies, and to small ones.",
    help=f"""Look into one pool: {", ".join(DIAGNOSTICS)}. Without a name: {", ".join(USUAL)}.
    What has too few studies says so.""",
)
@click.argument("endpoint")
@click.argument("what", nargs=-1, type=OneOf(list(DIAGNOSTICS)), metavar="[WHAT]...")
@click.option("--test", metavar="KEY", help="Test for small-study effects: egger, begg, peters, ...")
@click.option("--least", type=int, metavar="N", help="Fewest studies of that test  [default: 10]")
@narrowing()
@modelling()
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def diagnose(
    endpoint: str,
    what: tuple[str, ...],
    test: str | None,
    least: int | None,
    measure: str | None,
    compare: str | None,
    reading: str,
    zeros: str | None,
    root: str | None,
    output: str | None,
    format_: str,
    **model: Any,
) -> int:
    """The exit code 0, once the diagnostics were shown."""
    from synthesis.cli import folder
    from synthesis.models.studies import refuse_table
    from synthesis.planning import pooled

    review = folder.read(root)
    audit = folder.audited(review, reading)
    tables, unused = asked(review, audit, endpoint, measure, compare, reading, zeros)
    table = one_of(tables, endpoint, unused)
    refuse_table(table)
    pool = pooled(review, table, **model)
    if pool is None:
        raise click.UsageError(f"{endpoint}: there is nothing to pool")
    asked_for = {key: one for key, one in (("test", test), ("least", least)) if one is not None}
    found = {name: _diagnosed(name, pool, asked_for) for name in dict.fromkeys(what or USUAL)}
    if format_ == "json":
        from synthesis.diagnostics.records import plain

        told = {name: plain(one) for name, one in found.items()}
        show_json({"schema": 1, "table": record(table), "pool": pool.to_dict(), "diagnostics": told}, output)
    else:
        show("\n\n".join([heading(table), *(_said(name, one) for name, one in found.items())]), output)
    return 0


def _diagnosed(name: str, pool: Pool, asked_for: dict[str, Any]) -> Any:
    module, function = DIAGNOSTICS[name].split(":")
    options = asked_for if name == "small-study" else {}
    return getattr(import_module(f"synthesis.diagnostics.{module}"), function)(pool, **options)


def _said(name: str, found: Any) -> str:
    from synthesis.fit import NotDefined

    text = f"not done: {found.reason}" if isinstance(found, NotDefined) else str(found)
    return "\n".join([name, *(f"  {line}" for line in text.splitlines())])


COMMAND = diagnose
