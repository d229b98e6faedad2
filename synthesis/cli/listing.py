"""Commands found by listing a folder, each imported when it is needed."""

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click


class Command(click.Command):
    """A command with its place in the list of commands and the examples its help ends with."""

    def __init__(self, *args: Any, order: int = 0, examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(self.examples, formatter)


class Listing(click.Group):
    """The commands that lie in one package: a file each, ending in `COMMAND`.

    A folder among them is a group; its package holds `COMMAND`, a Listing of its own.
    """

    def __init__(self, *args: Any, package: str, order: int = 0, examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.package = package
        self.order = order
        self.examples = examples

    def list_commands(self, ctx: click.Context) -> list[str]:
        found = {name: self._load(name) for name in self._names()}
        return sorted(found, key=lambda name: (getattr(found[name], "order", 0), name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._load(cmd_name) if cmd_name in self._names() else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self._names() and not args[0].startswith("-"):
            hint = did_you_mean(args[0], self._names())
            raise click.UsageError(f'there is no command "{args[0]}".{hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(self.examples, formatter)

    def _names(self) -> list[str]:
        return sorted(item.name for item in iter_modules(import_module(self.package).__path__))

    def _load(self, name: str) -> click.Command:
        command: click.Command = import_module(f"{self.package}.{name}").COMMAND
        return command


class OneOf(click.Choice):
    """A choice that suggests the nearest when it is misspelt."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return f"{super().get_invalid_choice_message(value, ctx)}{did_you_mean(str(value), self.choices)}"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """` Did you mean X?`, or nothing where no known word is near.

    Examples
    --------
    >>> did_you_mean("adit", ["audit", "pool"])
    ' Did you mean audit?'
    >>> did_you_mean("xyz", ["audit", "pool"])
    ''
    """
    import difflib

    near = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), near, n=1, cutoff=0.6)
    return f" Did you mean {near[close[0]]}?" if close else ""


def write_examples(examples: str, formatter: click.HelpFormatter) -> None:
    """The last section of a help text, its lines kept as they are."""
    if examples:
        with formatter.section("Examples"):
            for line in examples.strip().splitlines():
                formatter.write(f"  {line.strip()}\n" if line.strip() else "\n")
