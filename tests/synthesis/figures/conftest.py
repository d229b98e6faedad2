"""Tables and pools to draw: the thirteen BCG trials of the oracles, whole or in part."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from synthesis.figures.rows import Rows
from synthesis.figures.style import Style
from synthesis.table import EffectTable


def _module(name: str) -> ModuleType:
    """A module that lies beside this file."""
    place = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert place is not None and place.loader is not None
    module = importlib.util.module_from_spec(place)
    sys.modules.setdefault(name, module)
    place.loader.exec_module(module)
    return module


golden_figures = _module("golden_figures")


@pytest.fixture(scope="session")
def bcg() -> Callable[..., EffectTable]:
    """A function that gives the table of the first k trials, with fields replaced as asked."""
    made: Callable[..., EffectTable] = golden_figures.bcg
    return made


@pytest.fixture(scope="session")
def golden() -> dict[str, tuple[Rows, Style]]:
    """What every golden figure says, and the style it is laid out in."""
    return {name: made() for name, made in golden_figures.FIGURES.items()}
