"""The program itself: its exit codes, and what it says when something is wrong.

0  done, and nothing found at or above `--fail-on`
1  findings at or above `--fail-on`
2  a file that cannot be understood, or a request that cannot
3  our own fault

Two more come from outside: 130 interrupted, 141 nobody reads the output any more.
"""

import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import click

from synthesis.cli.faults import NOT_UNDERSTOOD, problems, say
from synthesis.cli.listing import Listing
from synthesis.cli.settings import Settings, verbosity

OUR_FAULT = 3
COMPLETION = "_EVIDENCE_COMPLETE"  # set by the shells' completion scripts, which click writes
INTERRUPTED, NO_READER = 128 + signal.SIGINT, 141

EXAMPLES = """\
evidence new review thyroid          start a review in the folder thyroid
evidence new study smith-2019        add a study, then fill it in
evidence validate                    is every file understood?
evidence audit                       do the printed numbers hold together?
evidence pool objective-response     effects, and what they come to
evidence report -o report.html       all of it on one page
"""


def _version(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from evidence._version import __version__

        click.echo(f"evidence {__version__}")
        ctx.exit()


PROGRAM = Listing(
    name="evidence",
    package="synthesis.cli.commands",
    help=(
        "Read studies as they were printed, check their numbers, pool what may be pooled, and report it.\n\n"
        "A review is a folder with review.yaml and one YAML file a study. Without --root it is the current "
        "folder, or the folder studies in it. Each command explains itself: evidence COMMAND --help."
    ),
    examples=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help="Show the version and stop.",
        ),
        verbosity(),
    ],
)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code, once the command line was carried out."""
    for stream in (sys.stdout, sys.stderr):
        _plain(stream)
    settings = Settings()
    try:
        code = _carried_out(sys.argv[1:] if arguments is None else list(arguments), settings)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return NOT_UNDERSTOOD
    except click.ClickException as error:
        return say(settings, error.format_message(), _hint(error))
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return _leave_quietly()
    except OSError as error:
        return say(settings, _about_a_file(error))
    except Exception as error:  # noqa: BLE001 - the one place that turns whatever went wrong into words
        return problems(settings, error) if _is_ours(error) else _our_fault(settings, error)
    return code


def _carried_out(arguments: list[str], settings: Settings) -> int:
    """The exit code of a command; click's own `main` would turn a closed pipe into "findings"."""
    if COMPLETION in os.environ:
        PROGRAM.main(arguments, prog_name="evidence")
    try:
        with PROGRAM.make_context("evidence", arguments, obj=settings) as context:
            code = PROGRAM.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    return code if isinstance(code, int) else 0


def _plain(stream: TextIO) -> None:
    """UTF-8 with plain line ends, whatever the locale: the same input gives the same bytes."""
    reconfigure: Any = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"See: {context.command_path} --help" if context is not None else ""


def _about_a_file(error: OSError) -> str:
    if error.strerror is None:
        return str(error)
    return f"{error.filename or 'the output could not be written'}: {error.strerror}"


def _leave_quietly() -> int:
    """Whoever read our output has gone; give the interpreter nothing to complain of at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NO_READER


def _is_ours(error: Exception) -> bool:
    """Whether an error is a sentence of ours to the user: then its class is defined in our packages."""
    return type(error).__module__.split(".")[0] in ("evidence", "synthesis")


def _our_fault(settings: Settings, error: Exception) -> int:
    if settings.verbosity >= 2:
        import traceback

        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    click.echo(
        f"error: a fault of evidence itself, not of your files: {type(error).__name__}: {error}\n"
        "Please report it, with the command and what it prints with -vv.",
        err=True,
    )
    return OUR_FAULT
