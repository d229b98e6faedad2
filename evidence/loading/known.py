"""The names that a study declares, and what is said of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.loading.problems import Faults
from evidence.loading.tree import Map, Seq, Text
from evidence.loading.vocabulary import (
    Named,
    Names,
    items,
    named,
    plain_name,
    suggestion,
    synonyms_of,
    word,
)

MEASURES = ("HR", "OR", "RR", "RD", "MD", "SMD", "ROM", "IRR", "IRD", "RMSTD")


@dataclass(frozen=True, slots=True)
class Known:
    """The names a study declares; None where the declaration itself cannot be read."""

    arms: dict[str, Named] | None
    levels: tuple[str, ...]
    factors: tuple[str, ...]
    sets: tuple[str, ...]
    cuts: tuple[str, ...]
    sources: tuple[str, ...] | None
    treatments: dict[str, Named] | None
    endpoints: dict[str, Named] | None


def known_of(tree: Map, names: Names | None) -> Known:
    arms, sources = tree.get("arms"), tree.get("sources")
    factors = items(tree.get("subgroups"))
    levels = [
        str(lv) for _, factor in factors if isinstance(factor, Map) for lv, _ in items(factor.get("levels"))
    ]
    own = named(tree.get("endpoints"))
    return Known(
        arms=_arms(arms),
        levels=tuple(levels),
        factors=tuple(str(k) for k, _ in factors),
        sets=tuple(str(k) for k, _ in items(tree.get("sets"))),
        cuts=tuple(str(k) for k, _ in items(tree.get("cuts"))),
        sources=tuple(str(k) for k, _ in items(sources)) if isinstance(sources, Map) else None,
        treatments=names.treatments if names else None,
        endpoints={**names.endpoints, **own} if names and names.endpoints is not None else None,
    )


def _arms(node: Any) -> dict[str, Named] | None:
    """The arms; what an arm is called, or given, counts as another name of it where only one arm bears it."""
    if not isinstance(node, Map):
        return None
    others: dict[str, list[str]] = {}
    for key, arm in items(node):
        if isinstance(arm, Map):
            for name in ("label", "treatment"):
                if word(arm.get(name)):
                    others.setdefault(str(arm[name]), []).append(str(key))
    return {
        str(key): Named(tuple(other for other, keys in others.items() if keys == [key] and other != key))
        for key, _ in items(node)
    }


def maps(node: Any) -> list[Map]:
    return [item for item in node if isinstance(item, Map)] if isinstance(node, Seq) else []


def check_accept(node: Map, faults: Faults) -> None:
    """Note an acceptance without a reason."""
    for accepted in maps(node.get("accept")):
        check_reason(accepted, "an acceptance", faults)


def check_reason(node: Map, what: str, faults: Faults) -> None:
    """Note something that needs a reason and has none."""
    if "because" not in node and "because" not in node.lost:
        faults.add("CFG902", node, f"{what} needs a reason", "write because: and why")


def check_known(node: Text, what: str, names: dict[str, Named], there_are: str, faults: Faults) -> bool:
    if node in names:
        return True
    help = suggestion(node, names, synonyms_of(names), what=there_are)
    if what == "treatment" and there_are == "review.yaml has" and not help.startswith("`"):
        new = f"{plain_name(node) or 'name'}: {{label: {node}}}"
        help += f"; otherwise declare it under `treatments` of review.yaml, {new}"
    faults.add("YML015", node, f"unknown {what} `{node}`", help)
    return False


def check_arm(node: Any, known: Known, faults: Faults, also: tuple[str, ...] = ()) -> bool:
    if isinstance(node, Text) and known.arms is not None and node not in also:
        return check_known(node, "arm", known.arms, "the arms are", faults)
    return True


def check_measure(node: Text, faults: Faults) -> None:
    """Note an effect measure that nobody knows."""
    if node in MEASURES:
        return
    from evidence import measures  # reads its folder, which the usual codes need not wait for

    codes = sorted({*MEASURES, *measures.codes()})
    if node not in codes:
        faults.add("YML015", node, f"unknown measure `{node}`", suggestion(node, codes, what="there are"))
