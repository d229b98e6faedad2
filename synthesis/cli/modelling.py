"""The options that say how effects are pooled; their choices are read from the registries when help is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import click


class FromRegistries(click.Option):
    """An option whose help lists the keys of registries, which are imported only for that."""

    def __init__(self, *args: Any, registries: tuple[str, ...], default_key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registries = registries
        self.default_key = default_key

    def keys(self) -> list[str]:
        """The choices, in the order of the registries."""
        found: list[str] = []
        for place in self.registries:
            module, name = place.split(":")
            registry: Iterable[str] = getattr(import_module(module), name)
            found += [key for key in registry if key not in found]
        return found

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None:
            return None
        return record[0], f"{record[1]}: {', '.join(self.keys())}  [default: {self.default_key}]"


class KeyOrNumber(click.ParamType):
    """A number where the text is one, else the text."""

    name = "key or number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | float:
        try:
            return float(value)
        except ValueError:
            return str(value)


_CHOICES: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("--model", "KEY", "How effects relate", ("synthesis.pooling:MODELS",), "random-effects"),
    ("--tau2", "KEY", "Estimator of tau2, or a number", ("synthesis.tau2:TAU2",), "REML"),
    (
        "--interval",
        "KEY",
        "Interval of the mean",
        ("synthesis.intervals:INTERVALS", "synthesis.intervals:STUDY_INTERVALS"),
        "HKSJ-wider",
    ),
    (
        "--prediction",
        "KEY",
        "Interval of a further study",
        ("synthesis.intervals:PREDICTIONS", "synthesis.intervals:STUDY_PREDICTIONS"),
        "t(k-1)",
    ),
    (
        "--tau2-interval",
        "KEY",
        "Interval of tau2, or none",
        ("synthesis.tau2_intervals:TAU2_INTERVALS",),
        "Q-profile",
    ),
)


def modelling(only: tuple[str, ...] = ()) -> Callable[[Any], Any]:
    """The options of `synthesis.pool`, or some of them; those not given keep its defaults, or the plan's."""

    def wanted(name: str) -> bool:
        return not only or name.removeprefix("--") in only

    def add(command: Any) -> Any:
        for name, kind, metavar, text in (
            ("--draws", int, "N", "Draws of permutations and bootstraps  [default: 1000]"),
            ("--seed", int, "N", "Seed of permutations and bootstraps  [default: 0]"),
            (
                "--weights",
                str,
                "KEY",
                "Weights of the mean: equal or sample-size  [default: inverse variance]",
            ),
            ("--level", float, "PERCENT", "Level of the intervals  [default: 95]"),
        ):
            if wanted(name):
                command = click.option(name, metavar=metavar, type=kind, help=text)(command)
        for name, metavar, text, registries, default in reversed(_CHOICES):
            if not wanted(name):
                continue
            command = click.option(
                name,
                cls=FromRegistries,
                type=KeyOrNumber() if name == "--tau2" else str,
                metavar=metavar,
                help=text,
                registries=registries,
                default_key=default,
            )(command)
        return command

    return add
