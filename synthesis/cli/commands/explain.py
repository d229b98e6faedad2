"""`evidence explain`: what a rule asks, why, and when it is wrong."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common

EXAMPLES = """\
evidence explain AUD103                   the rule behind a finding
evidence explain percent-attainable       the same by its name
evidence explain YML010 CFG903            rules about files and options, too
"""


@common("text", "json", "md")
@click.command(
    cls=Command,
    order=4,
    examples=EXAMPLES,
    short_help="What does a rule ask, and why?",
    help="""Explain a rule: what it asks and why, an example that passes and one that does not, its formula,
    when a finding of it need not mean that anything is wrong, and the paper behind it.

    CODES are those in brackets after a severity, as in error[AUD103], or the names of rules.
    `evidence rules` lists them all.""",
)
@click.argument("codes", nargs=-1, required=True, metavar="CODES...")
def explain(codes: tuple[str, ...], format_: str) -> int:
    """The exit code 0, once the rules were explained."""
    from evidence.rules import explained
    from synthesis.cli.rulebook import in_markdown, in_text, record

    pages = list(dict.fromkeys(explained(code) for code in codes))
    if format_ == "json":
        show_json({"schema": 1, "rules": [record(page) for page in pages]})
    elif format_ == "md":
        show("\n\n".join(block for page in pages for block in in_markdown(page)))
    else:
        show("\n\n\n".join("\n".join(in_text(page)) for page in pages))
    return 0


COMMAND = explain
