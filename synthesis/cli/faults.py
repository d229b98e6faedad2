"""What is said when a file or a request cannot be understood, in the format that was asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from synthesis.cli.output import counted, show_json
from synthesis.cli.settings import Settings

if TYPE_CHECKING:
    from evidence.loading.problems import Problem

NOT_UNDERSTOOD = 2


def say(settings: Settings, message: str, hint: str = "") -> int:
    """Say what is wrong; the exit code."""
    if settings.format == "json":
        show_json({"schema": 1, "error": {"message": message, "problems": []}})
    else:
        error = click.style("error:", fg="red", bold=True)
        click.echo(f"{error} {message}", err=True, color=settings.colour)
        if hint:
            click.echo(hint, err=True)
    return NOT_UNDERSTOOD


def problems(settings: Settings, error: Exception) -> int:
    """Say what an error of ours says, every problem of every file of it; the exit code."""
    found: Sequence[Problem] = getattr(error, "problems", ())
    if not found:
        return say(settings, str(error))
    if settings.format == "json":
        document = {"valid": False, "message": summed(found), "problems": records(found)}
        show_json({"schema": 1, "error": document})
    else:
        click.echo(f"{error}\n\n{summed(found)}", err=True)
    return NOT_UNDERSTOOD


def summed(found: Sequence["Problem"]) -> str:
    """`3 problems in 2 files`, warnings apart.

    Examples
    --------
    >>> from evidence.loading.problems import Problem
    >>> summed([Problem("a.yaml", 1, 1, "YML001", "unclear"), Problem("a.yaml", 2, 1, "YML010", "unknown")])
    '2 problems in 1 file'
    """
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    files = len({problem.file for problem in found})
    also = f" and {counted(warnings, 'warning')}" if warnings else ""
    return f"{counted(errors, 'problem')}{also} in {counted(files, 'file')}"


def records(found: Sequence["Problem"]) -> list[dict[str, Any]]:
    """The problems as plain data."""
    return [
        {
            "file": problem.file,
            "line": problem.line,
            "col": problem.column,
            "end_col": problem.end_column or None,
            "code": problem.code,
            "slug": problem.slug,
            "severity": problem.severity,
            "message": problem.message,
            "help": problem.help,
        }
        for problem in found
    ]
