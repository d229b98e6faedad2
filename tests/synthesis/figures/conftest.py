"""Tables and pools to draw: the thirteen BCG trials of the oracles, whole or in part."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from synthesis.table import ArmData, EffectRow, EffectTable

ORACLES = Path(__file__).parents[2] / "oracles"
NAMES = (
    "Aronson 1948",
    "Ferguson & Simes 1949",
    "Rosenthal et al 1960",
    "Hart & Sutherland 1977",
    "Frimodt-Moller et al 1973",
    "Stein & Aronson 1953",
    "Vandiviere et al 1973",
    "TPT Madras 1980",
    "Coetzee & Berjak 1968",
    "Rosenthal et al 1961",
    "Comstock et al 1974",
    "Comstock & Webster 1969",
    "Comstock et al 1976",
)


@pytest.fixture(scope="session")
def bcg() -> Callable[..., EffectTable]:
    """A function that gives the table of the first k trials, with fields replaced as asked."""
    counts = json.loads((ORACLES / "escalc_dat.bcg.json").read_text("utf-8"))["input"]
    effects = json.loads((ORACLES / "pool_dat.bcg.json").read_text("utf-8"))["input"]

    def row(i: int) -> EffectRow:
        j = i % len(NAMES)
        arms = (
            ArmData("bcg", "BCG", "bcg", n=counts["n1i"][j], events=counts["ai"][j]),
            ArmData("control", "Control", "none", n=counts["n2i"][j], events=counts["ci"][j]),
        )
        label = NAMES[j] if i < len(NAMES) else f"{NAMES[j]} ({i})"
        address = f"study-{i}/tuberculosis"
        return EffectRow(f"study-{i}", label, effects["yi"][j], effects["vi"][j], arms, (), address)

    def table(k: int = len(NAMES), **changed: object) -> EffectTable:
        fields: dict[str, object] = {
            "endpoint": "tuberculosis",
            "endpoint_label": "Tuberculosis",
            "measure": "RR",
            "compare": ("bcg", "none"),
            "compare_labels": ("BCG vaccine", "No vaccine"),
            "better": "lower",
            "rows": tuple(row(i) for i in range(k)),
        }
        return EffectTable(**{**fields, **changed})  # type: ignore[arg-type]  # fields by name

    return table
