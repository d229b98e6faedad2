"""`evidence regress`: how effects change with what is known of the studies."""

from __future__ import annotations

from typing import Any

import click

from synthesis.cli.asking import asked, narrowing, one_of
from synthesis.cli.listing import Command
from synthesis.cli.modelling import modelling
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common, root_option
from synthesis.cli.tables import heading, record

EXAMPLES = """\
evidence regress pfs-vs-placebo --on year
evidence regress objective-response --compare anlotinib --on design,year --tau2 PM
evidence regress pfs-vs-placebo --on year,participants --interval Wald --format json
"""
TAKEN = ("model", "tau2", "interval", "level")


@common("text", "json")
@click.command(
    cls=Command,
    order=6,
    examples=EXAMPLES,
    short_help="How effects change with what is known of the studies.",
    help="""Regress the effects of the studies on their characteristics: coefficients with intervals, the test
    of all of them, and what they leave unexplained. Year and participants are numbers; design, timing,
    blinding, country, treatment, assessor and criteria are words, compared with the first by the alphabet.

    With few studies for each coefficient this finds much that is not there.""",
)
@click.argument("endpoint")
@click.option(
    "--on", required=True, metavar="NAMES", help="Characteristics, or products such as year*design."
)
@narrowing()
@modelling(TAKEN)
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def regress(
    endpoint: str,
    on: str,
    measure: str | None,
    compare: str | None,
    reading: str,
    zeros: str | None,
    root: str | None,
    output: str | None,
    format_: str,
    **model: Any,
) -> int:
    """The exit code 0, once the coefficients were shown."""
    from synthesis.characteristics import moderators
    from synthesis.cli import folder
    from synthesis.models.studies import refuse_table
    from synthesis.planning import planned_model
    from synthesis.regressing import regress as regressed

    review = folder.read(root)
    audit = folder.audited(review, reading)
    tables, unused = asked(review, audit, endpoint, measure, compare, reading, zeros)
    table = one_of(tables, endpoint, unused)
    refuse_table(table)
    terms = [term.strip() for term in on.split(",") if term.strip()]
    names = list(dict.fromkeys(name.strip() for term in terms for name in term.replace("*", ":").split(":")))
    given = {name: value for name, value in model.items() if value is not None}
    options = {**planned_model(review, table.name), **given}
    fit = regressed(table, moderators(review, table, names), terms=terms, **options)
    if format_ == "json":
        show_json({"schema": 1, "table": record(table), "regression": fit.to_dict()}, output)
    else:
        show("\n".join([heading(table), *(f"  {line}" for line in fit.summary().splitlines())]), output)
    return 0


COMMAND = regress
