"""The options about effects and models, and the tables and pools that answer them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from synthesis.cli.listing import OneOf
from synthesis.cli.settings import READINGS, reading_option

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.estimating import Unused
    from synthesis.table import EffectTable


ZEROS = ("one-half", "treatment-arm", "none", "drop")


def zeros_option() -> Callable[[Any], Any]:
    """The option that says what is added to counts with an empty cell."""
    return click.option(
        "--zeros",
        type=OneOf(ZEROS),
        help="Added to a study's cells where one is empty; drop leaves out studies where nobody or everybody "
        "in both arms had the event  [default: the plan's, else one-half]",
    )


def endpoint_argument() -> Callable[[Any], Any]:
    """The argument ENDPOINT, which may be left out for all of them."""
    return click.argument("endpoint", required=False, metavar="[ENDPOINT]")


def narrowing(readings: tuple[str, ...] = READINGS) -> Callable[[Any], Any]:
    """The options that choose one comparison, its measure and the reading of the numbers."""

    def add(command: Any) -> Any:
        command = zeros_option()(reading_option(readings)(command))
        command = click.option(
            "--measure",
            metavar="CODE",
            help="Effect measure, such as RR, OR, RD, MD, SMD, ROM, HR  [default: the review's]",
        )(command)
        return click.option(
            "--compare",
            metavar="FIRST,VERSUS",
            help="First against second: a treatment, several (a+b) or any; one side for single arms.",
        )(command)

    return add


def asked(
    review: Review,
    audit: Audit,
    endpoint: str | None,
    measure: str | None,
    compare: str | None,
    reading: str,
    zeros: str | None = None,
) -> tuple[tuple[EffectTable, ...], tuple[Unused, ...]]:
    """The effect tables that were asked for, and what the studies report that no table could use.

    Without `compare`, every comparison that the studies allow; without `endpoint`, of every endpoint.
    """
    from synthesis.estimating import effects, tables

    if compare is None:
        return tables(review, audit, reading, endpoint=endpoint, measure=measure, zeros=zeros)
    if endpoint is None:
        raise click.UsageError("--compare is about one endpoint; name it")
    pair = tuple(name.strip() for name in compare.split(","))
    table = effects(
        review, endpoint, measure=measure, compare=pair, audit=audit, reading=reading, zeros=zeros
    )
    return (table,), ()


def one_of(tables: tuple[EffectTable, ...], endpoint: str, unused: tuple[Unused, ...] = ()) -> EffectTable:
    """The only table, or the only one with a row; otherwise the user must choose, or there is none."""
    if not tables:
        reasons = "".join(f"\n  {one.label}: {one.reason}" for one in unused)
        raise click.UsageError(f"no study gives an effect on {endpoint} that could be drawn{reasons}")
    full = [table for table in tables if table.rows] or list(tables)
    if len(full) == 1:
        return full[0]
    choices = "\n".join(f"  --compare {','.join(table.compare)}" for table in full)
    raise click.UsageError(f"{endpoint} has more than one comparison; choose:\n{choices}")
