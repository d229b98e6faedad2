"""What holds for every command: the output format, colour, how much to say, and where the review lies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from os import environ
from typing import Any

import click

from synthesis.cli.listing import OneOf

SEVERITIES = ("error", "warning", "note", "never")


@dataclass(slots=True)
class Settings:
    """What the options common to all commands said; one for a run of the program."""

    format: str = "text"
    verbosity: int = 0
    colour: bool | None = field(default_factory=lambda: False if environ.get("NO_COLOR") else None)


def settings_of(ctx: click.Context) -> Settings:
    """The settings of this run."""
    found = ctx.find_object(Settings)
    return found if found is not None else Settings()


def _set_format(ctx: click.Context, option: click.Parameter, value: str) -> str:
    settings_of(ctx).format = value
    return value


def _set_verbosity(ctx: click.Context, option: click.Parameter, value: int) -> None:
    settings_of(ctx).verbosity += value


def _set_colour(ctx: click.Context, option: click.Parameter, value: str) -> None:
    if value != "auto":
        settings_of(ctx).colour = value == "always"
    ctx.color = settings_of(ctx).colour


def verbosity() -> click.Option:
    """The option `-v`, which may be given twice."""
    return click.Option(
        ["-v", "--verbose"],
        count=True,
        expose_value=False,
        callback=_set_verbosity,
        help="Say more; -vv adds the traceback of a fault of ours.",
    )


def common(*formats: str) -> Callable[[Any], Any]:
    """The options that every command has; `formats` are its output formats, the default first."""

    def add(command: Any) -> Any:
        command.params += [
            click.Option(
                ["--format", "format_"],
                type=OneOf(formats),
                default=formats[0],
                callback=_set_format,
                is_eager=True,
                show_default=True,
                help="How to write the answer.",
            ),
            click.Option(
                ["--color"],
                type=OneOf(["auto", "always", "never"]),
                default="auto",
                expose_value=False,
                callback=_set_colour,
                help="Colour in a terminal; the variable NO_COLOR turns it off.",
            ),
            verbosity(),
        ]
        return command

    return add


def root_option() -> Callable[[Any], Any]:
    """The option `--root`: where the review lies."""
    return click.option(
        "--root",
        metavar="DIR",
        help="The folder of review.yaml  [default: this folder, or studies in it]",
    )


AUDITED = ("corrected", "as-printed")
READINGS = (*AUDITED, "repaired", "without-flagged")
READING_HELP = (
    "With the authors' corrections; as printed; with the audit's repairs where a single one is best; "
    "or without rows that rest on a number with an error."
)


def reading_option(among: tuple[str, ...] = AUDITED) -> Callable[[Any], Any]:
    """The option `--reading`: how printed numbers are read."""
    return click.option(
        "--reading",
        type=OneOf(list(among)),
        default="corrected",
        show_default=True,
        help=READING_HELP if len(among) > 2 else "With the authors' corrections, or without.",
    )


def rounding_option() -> Callable[[Any], Any]:
    """The option `--rounding`: how the authors shortened numbers."""
    return click.option(
        "--rounding",
        type=OneOf(["nearest", "truncation", "either"]),
        help="How numbers were shortened  [default: as each study states, else nearest]",
    )


def fail_on_option(default: str) -> Callable[[Any], Any]:
    """The option `--fail-on`: from which severity on the exit code is 1."""
    return click.option(
        "--fail-on",
        type=OneOf(SEVERITIES),
        default=default,
        show_default=True,
        help="Exit with 1 when the audit finds this or worse.",
    )
