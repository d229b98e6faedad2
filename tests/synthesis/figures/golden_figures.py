"""The golden figures: what a forest plot must be able to show, each made from the thirteen BCG trials.

The tests hold each to its snapshot in `golden/`, and `make gallery` puts them all on one page.
"""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from evidence.study import Bias, Judgement
from synthesis.figures.forest import content, layout_of
from synthesis.figures.rows import Rows
from synthesis.figures.style import Style
from synthesis.pooling import pool
from synthesis.rereading import Reread, Sensitivity
from synthesis.subgrouping import subgroups
from synthesis.table import ArmData, EffectRow, EffectTable, LeftOut

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
LONG = (
    "Multicentre open-label randomised trial of BCG vaccination of schoolchildren in a county, report two",
    "A cooperative investigation among students of nursing, with twenty years of observation of them",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft 1949",
)
RIGHT_TO_LEFT = ("حسين وآخرون 1948", "כהן ולוי 1949", "Rosenthal et al 1960", "محمد (القاهرة) 1977")
CHINESE = ("王小明等 1948", "李 华 1949", "山田太郎 1960", "김철수 1977")
DOMAINS = (
    "randomisation process",
    "deviations from intended interventions",
    "missing outcome data",
    "measurement of the outcome",
    "selection of the reported result",
)
JUDGED = ("low", "some concerns", "low", "high", "low", "no information")


def bcg(k: int = len(NAMES), **changed: Any) -> EffectTable:
    """The table of the first k trials (again from the first after the last), fields replaced as asked."""
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

    fields: dict[str, Any] = {
        "endpoint": "tuberculosis",
        "endpoint_label": "Tuberculosis",
        "measure": "RR",
        "compare": ("bcg", "none"),
        "compare_labels": ("BCG vaccine", "No vaccine"),
        "better": "lower",
        "rows": tuple(row(i) for i in range(k)),
    }
    return EffectTable(**{**fields, **changed})


def allocation() -> list[str]:
    """How each trial allocated, of Colditz et al. 1994."""
    groups: list[str] = json.loads((ORACLES / "subgroup_dat.bcg.json").read_text("utf-8"))["input"]["group"]
    return groups


def labelled(labels: tuple[str, ...]) -> EffectTable:
    """The first trials under other names."""
    table = bcg(len(labels))
    rows = tuple(replace(row, label=label) for row, label in zip(table.rows, labels, strict=True))
    return replace(table, rows=rows)


def not_estimable(*which: int, k: int = 5) -> EffectTable:
    """The first k trials, some without an event in either arm."""
    table = bcg(k)
    rows = list(table.rows)
    for i in which:
        arms = tuple(replace(arm, events=0.0) for arm in rows[i].arms)
        said = ("not estimable: no events in either arm",)
        rows[i] = replace(rows[i], yi=math.nan, vi=math.nan, arms=arms, notes=said)
    return replace(table, rows=tuple(rows))


def one_extreme() -> EffectTable:
    """Six trials, one with an interval from almost nought to thousands."""
    table = bcg(6)
    wild = replace(table.rows[2], yi=0.4, vi=16.0)
    return replace(table, rows=(*table.rows[:2], wild, *table.rows[3:]))


def audited() -> EffectTable:
    """Five trials with every audit sign, a derived number, and two that could not be pooled."""

    def found(severity: str, verdict: str) -> Any:
        return SimpleNamespace(severity=severity, verdict=verdict)

    signs = [
        (found("none", "consistent"),),
        (found("error", "impossible"),),
        (found("warning", "inconsistent"),),
        (),
        (found("none", "slip"),),
    ]
    rows = [replace(row, findings=said) for row, said in zip(bcg(5).rows, signs, strict=True)]
    arms = (replace(rows[1].arms[0], approximate=True), rows[1].arms[1])
    rows[1] = replace(rows[1], arms=arms, notes=("the nearest count to the printed percentage is used",))
    out = (
        LeftOut("a", "Levine 1948", "only p = 0.2 was printed, no estimate"),
        LeftOut("b", "Sergent 1954", "allocation by village; the number of villages was not printed"),
    )
    return replace(bcg(5), rows=tuple(rows), left_out=out)


def differences() -> EffectTable:
    """Mean differences, with means and SDs of both arms."""
    numbers = [
        (12.1, 4.0, 61, 14.9, 4.4, 58),
        (10.2, 3.1, 24, 10.0, 3.3, 22),
        (13.5, 5.2, 140, 15.0, 5.0, 139),
    ]
    rows = []
    for i, (m1, s1, n1, m2, s2, n2) in enumerate(numbers):
        arms = (ArmData("a", n=n1, mean=m1, sd=s1), ArmData("b", n=n2, mean=m2, sd=s2))
        vi = s1**2 / n1 + s2**2 / n2
        rows.append(EffectRow(f"s{i}", f"Study {'ABC'[i]} 201{i}", m1 - m2, vi, arms, (), f"s{i}/pain"))
    return EffectTable(
        "pain",
        "Pain at rest",
        "MD",
        ("a", "b"),
        ("Exercise", "Usual care"),
        tuple(rows),
        better="lower",
        unit="points",
    )


def proportions() -> EffectTable:
    """Single arms, shown and not pooled."""
    rows = []
    for i, (events, n) in enumerate([(7, 18), (0, 12), (41, 60), (9, 9)]):
        p = (events + 0.5) / (n + 1)
        arm = (ArmData("a", n=n, events=events),)
        yi, vi = math.log(p / (1 - p)), 1 / (n * p * (1 - p))
        rows.append(EffectRow(f"s{i}", f"Series {'ABCD'[i]}", yi, vi, arm, (), f"s{i}/response"))
    return EffectTable(
        "response",
        "Response",
        "PLO",
        ("a",),
        ("Sorafenib",),
        tuple(rows),
        pooled=False,
        reason="the series are of unlike people",
    )


def every_reading() -> Sensitivity:
    """Six trials, one printed otherwise than corrected, and flagged."""
    table = bcg(6)
    printed = replace(table.rows[2], yi=-0.2, vi=0.1)
    other = replace(table, rows=(*table.rows[:2], printed, *table.rows[3:]))
    fewer = replace(table, rows=(*table.rows[:2], *table.rows[3:]))
    return Sensitivity(
        (
            Reread("corrected", table, pool(table), False),
            Reread("as-printed", other, pool(other), True),
            Reread("repaired", table, pool(table), False),
            Reread("without-flagged", fewer, pool(fewer), True),
        )
    )


def bias(table: EffectTable) -> dict[str, Bias]:
    """Judgements for every study of a table but the last."""

    def judge(i: int) -> Judgement:
        return Judgement(judgement=JUDGED[i % len(JUDGED)])

    return {
        row.study: Bias(
            tool="RoB2", overall=judge(i + 1), domains={name: judge(i + j) for j, name in enumerate(DOMAINS)}
        )
        for i, row in enumerate(table.rows[:-1])
    }


def forest(shown: Any, layout: str = "standard", **asked: Any) -> tuple[Rows, Style]:
    """What `synthesis.plot.forest` lays out, and the style it does it with."""
    return content(shown, layout=layout, **asked), layout_of(layout).style


FIGURES: dict[str, Callable[[], tuple[Rows, Style]]] = {
    "bcg": lambda: forest(pool(bcg())),
    "bcg-revman": lambda: forest(pool(bcg()), layout="revman"),
    "bcg-bmj": lambda: forest(pool(bcg()), layout="bmj"),
    "bcg-jama": lambda: forest(pool(bcg()), layout="jama"),
    "bcg-lancet": lambda: forest(pool(bcg()), layout="lancet"),
    "bcg-compact": lambda: forest(pool(bcg()), layout="compact"),
    "by-allocation": lambda: forest(subgroups(bcg(), allocation()), order="year"),
    "by-allocation-compact": lambda: forest(subgroups(bcg(), allocation()), layout="compact"),
    "density": lambda: forest(
        pool(bcg()), prediction="density", also="common-effect", lines={"Important benefit": 0.8}
    ),
    "long-labels": lambda: forest(pool(labelled((*LONG, *NAMES[3:6])))),
    "one-extreme-interval": lambda: forest(pool(one_extreme())),
    "clipped": lambda: forest(pool(bcg()), limits=(0.4, 0.8)),
    "double-zero": lambda: forest(pool(not_estimable(1, 3))),
    "k-0": lambda: forest(bcg(0, left_out=(LeftOut("a", "Levine 1948", "only p = 0.2 was printed"),))),
    "k-1": lambda: forest(pool(bcg(1))),
    "k-2": lambda: forest(pool(bcg(2))),
    "k-100": lambda: forest(pool(bcg(100))),
    "none-estimable": lambda: forest(not_estimable(0, 1, 2, k=3)),
    "risk-of-bias": lambda: forest(pool(bcg()), layout="revman", bias=bias(bcg())),
    "risk-of-bias-standard": lambda: forest(pool(bcg(7)), bias=bias(bcg(7))),
    "audited": lambda: forest(pool(audited())),
    "right-to-left": lambda: forest(pool(labelled(RIGHT_TO_LEFT))),
    "chinese": lambda: forest(pool(labelled(CHINESE))),
    "mean-differences": lambda: forest(pool(differences())),
    "mean-differences-revman": lambda: forest(pool(differences()), layout="revman"),
    "readings": lambda: forest(every_reading()),
    "proportions": lambda: forest(proportions()),
}
