"""The options about effects and models, and the tables and pools that answer them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from synthesis.cli import folder
from synthesis.cli.listing import did_you_mean

if TYPE_CHECKING:
    from evidence.review import Review
    from synthesis.fit import Pool
    from synthesis.table import EffectTable


def endpoint_argument() -> Callable[[Any], Any]:
    """The argument ENDPOINT, which may be left out for all of them."""
    return click.argument("endpoint", required=False, metavar="[ENDPOINT]")


def narrowing() -> Callable[[Any], Any]:
    """The options that choose one comparison and its measure."""

    def add(command: Any) -> Any:
        command = click.option(
            "--measure",
            metavar="CODE",
            help="Effect measure, such as RR, OR, RD, MD, SMD, ROM, HR  [default: the review's]",
        )(command)
        return click.option(
            "--compare",
            metavar="FIRST,VERSUS",
            help="Two treatments, the first against the second; one alone for single arms.",
        )(command)

    return add


def modelling() -> Callable[[Any], Any]:
    """The options of `synthesis.pool`; those not given keep its defaults."""

    def add(command: Any) -> Any:
        for name, metavar, text in (
            ("--level", "PERCENT", "Level of the intervals  [default: 95]"),
            ("--interval", "KEY", "HKSJ-wider, HKSJ-floor, HKSJ, t or Wald  [default: HKSJ-wider]"),
            ("--tau2", "KEY", "REML, DL, PM, ML, SJ, HE, HS or EB  [default: REML]"),
            ("--model", "KEY", "random-effects or common-effect  [default: random-effects]"),
        ):
            kind = float if name == "--level" else str
            command = click.option(name, metavar=metavar, type=kind, help=text)(command)
        return command

    return add


def asked(
    root: str | None, endpoint: str | None, measure: str | None, compare: str | None
) -> tuple[EffectTable, ...]:
    """The effect tables that were asked for, with what the audit says about the numbers in them.

    Without `compare`, every comparison that the studies allow; without `endpoint`, of every endpoint.
    """
    review = folder.read(root)
    from synthesis.comparability import plan
    from synthesis.estimating import effects

    if endpoint is not None:
        _refuse_unknown(review, endpoint)
    elif compare is not None or measure is not None:
        raise click.UsageError("--compare and --measure are about one endpoint; name it")
    found = folder.audited(review)
    if endpoint is not None and compare is not None:
        pairs = [(endpoint, tuple(name.strip() for name in compare.split(",")))]
    else:
        pairs = [(c.endpoint, c.compare) for c in plan(review) if endpoint in (None, c.endpoint)]
    if not pairs:
        raise click.UsageError(f"no study compares anything by {endpoint or 'any endpoint'}")
    return tuple(effects(review, key, measure=measure, compare=who, audit=found) for key, who in pairs)


def _refuse_unknown(review: Review, endpoint: str) -> None:
    from synthesis.comparability import endpoints

    known = endpoints(review)
    if endpoint in known:
        return
    synonyms = {word: key for key, it in review.endpoints.items() for word in it.synonyms}
    meant = f" Did you mean {synonyms[endpoint]}?" if endpoint in synonyms else did_you_mean(endpoint, known)
    raise click.UsageError(f'no endpoint is called "{endpoint}".{meant} There are: {", ".join(known)}')


def pooled(table: EffectTable, model: dict[str, Any]) -> Pool | None:
    """The pool of a table under the options given, or None where its rows are not to be pooled."""
    if not table.rows or not table.pooled:
        return None
    from synthesis.pooling import pool

    return pool(table, **{name: value for name, value in model.items() if value is not None})


def one_of(tables: tuple[EffectTable, ...], endpoint: str) -> EffectTable:
    """The only table, or the only one with a row; otherwise the user must choose."""
    full = [table for table in tables if table.rows] or list(tables)
    if len(full) == 1:
        return full[0]
    choices = "\n".join(f"  --compare {','.join(table.compare)}" for table in full)
    raise click.UsageError(f"{endpoint} can be drawn for more than one comparison; choose:\n{choices}")
