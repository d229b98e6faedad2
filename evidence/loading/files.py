"""A whole study file or review file: from its tree to its model, with what the tree alone cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from evidence.loading.building import build
from evidence.loading.checking import check_study
from evidence.loading.checking_review import check_review
from evidence.loading.entries import Paper, entries
from evidence.loading.numbers import source_of
from evidence.loading.problems import Faults
from evidence.loading.results import Address, flat_results, statistics
from evidence.loading.tree import Map, Seq, Text, key_of, mapping, put, sequence, text
from evidence.loading.vocabulary import Named, Names, items, named
from evidence.records import rounded_as
from evidence.review import Review
from evidence.study import FollowUp, Stage, Study
from evidence.values import NumberError, reported

CurveReader = Callable[[Text], Seq | None]


def study_tree(root: Map, key: str, curve: CurveReader, faults: Faults) -> Map:
    """A study's tree as the model holds it; ``curve`` gives the points of a curve's file."""
    new = mapping(root, root)
    arms = root.get("arms")
    sources = root.get("sources")
    names = tuple(str(a) for a in arms) if isinstance(arms, Map) else ()
    first = str(next(iter(sources))) if isinstance(sources, Map) and sources else None
    study = str(root["study"]) if isinstance(root.get("study"), Text) else key
    for name in ("outcomes", "baseline"):
        if name in root:
            paper = Paper(study, names, first, faults, name == "baseline")
            put(new, root, name, entries(root[name], paper))
            _put_points(new[name], curve)
    _replace(new, "follow_up", lambda node: _follow_up(node, f"{study}/follow_up", faults))
    _replace(new, "sets", lambda node: _each(node, lambda item: _set(item, names)))
    _replace(new, "cuts", lambda node: _cuts(node, study, faults))
    _replace(new, "subgroups", lambda node: _each(node, _factor))
    _replace(new, "flow", lambda node: _flow(node, faults))
    _replace(new, "unplaced", lambda node: _unplaced(node, study))
    return new


def _put_points(spread: Any, curve: CurveReader) -> None:
    """Put the points of curves beside the names of their files."""
    for entry in spread if isinstance(spread, Seq) else ():
        results = entry.get("results") if isinstance(entry, Map) else None
        for result in results if isinstance(results, Seq) else ():
            if isinstance(result.get("curve"), Text):
                points = curve(result["curve"])
                if points is not None:
                    result["points"] = points


def _replace(node: Map, name: str, change: Any) -> None:
    if isinstance(node.get(name), (Map, Seq)):
        put(node, node, name, change(node[name]))


def _each(node: Any, change: Any) -> Any:
    if not isinstance(node, Map):
        return node
    return mapping({k: change(v) if isinstance(v, Map) else v for k, v in node.items()}, node)


def _follow_up(node: Any, address: str, faults: Faults) -> Any:
    if not isinstance(node, Map):
        return node
    plain = mapping({k: v for k, v in node.items() if k != "results"}, node)
    new = statistics(plain, FollowUp, faults)
    if isinstance(node.get("results"), Map):
        put(new, node, "results", flat_results(node["results"], Address(address), None, faults))
    new["address"], new["position"] = address, source_of(node)
    return new


def _set(node: Map, arms: tuple[str, ...]) -> Map:
    """A set whose `n` is not reported says so of every arm."""
    new = mapping(node, node)
    n = node.get("n")
    if isinstance(n, Text):
        put(new, node, "n", mapping({text(arm, n): n for arm in arms}, n))
    return new


def _cuts(node: Any, study: str, faults: Faults) -> Any:
    if not isinstance(node, Map):
        return node
    new = mapping(node, node)
    for name, cut in node.items():
        if isinstance(cut, Map) and "follow_up" in cut:
            address = f"{study}/cuts/{name}/follow_up"
            new[name] = mapping({**cut, "follow_up": _follow_up(cut["follow_up"], address, faults)}, cut)
    return new


def _factor(node: Map) -> Map:
    levels = {k: _level(v) for k, v in node.items() if k not in ("partial", "label")}
    kept = {k: v for k, v in node.items() if k in ("partial", "label")}
    return mapping({**kept, "levels": mapping(levels, node)}, node)


def _level(node: Any) -> Any:
    if isinstance(node, Map) and isinstance(node.get("n"), Text):
        new = mapping(node, node)
        put(new, node, "n", mapping({text("all", node["n"]): node["n"]}, node["n"]))
        return new
    return node


def _flow(node: Any, faults: Faults) -> Any:
    if not isinstance(node, Map):
        return node
    new = mapping({}, node)
    for stage, groups in node.items():
        if isinstance(groups, Text):
            groups = mapping({text("all", groups): groups}, groups)
        if not isinstance(groups, Map):
            new[stage] = groups
            continue
        new[stage] = mapping(
            {
                arm: mapping({text("events", v): v}, v)
                if isinstance(v, Text)
                else statistics(v, Stage, faults)
                if isinstance(v, Map)
                else v
                for arm, v in groups.items()
            },
            groups,
        )
    return new


def _unplaced(node: Any, study: str) -> Any:
    if not isinstance(node, Seq):
        return node
    new = sequence([], node)
    seen: dict[str, int] = {}
    for item in node:
        if isinstance(item, Map) and isinstance(item.get("text"), Text):
            printed = item["text"]
            seen[printed] = seen.get(printed, 0) + 1
            again = f"#{seen[printed]}" if seen[printed] > 1 else ""
            item = mapping({**item, "position": source_of(item)}, item)
            try:
                address = f"{study}/unplaced/{printed}{again}"
                item["number"] = reported(printed, address, source_of(printed))
            except NumberError:
                pass
        new.append(item)
    return new


def _definition(endpoint: Any, tree: Map, names: Names | None) -> Named | None:
    known = {**((names and names.endpoints) or {}), **named(tree.get("endpoints"))}
    return known.get(str(endpoint))


def _settle_categories(tree: Map, names: Names | None) -> None:
    """Give entries with categories their order: their own, else the endpoint's, else that of the results."""
    outcomes, baseline = tree.get("outcomes"), tree.get("baseline")
    for entry in [
        *(outcomes if isinstance(outcomes, Seq) else ()),
        *(baseline if isinstance(baseline, Seq) else ()),
    ]:
        if not isinstance(entry, Map) or "categories" in entry:
            continue
        results = [r for r in entry.get("results", ()) if isinstance(r, Map)]
        used = [str(c) for r in results for c, _ in items(r.get("by_category"))]
        endpoint = entry.get("endpoint")
        known = _definition(endpoint, tree, names)
        if used:
            listed = known.categories if known and known.categories else tuple(dict.fromkeys(used))
            entry[text("categories", entry)] = sequence([text(c, entry) for c in listed], entry)
            if known and known.ordered and "ordered" not in entry:
                entry[text("ordered", entry)] = text("true", entry)


def review_tree(root: Map, faults: Faults) -> Map:
    """A review's tree as the model holds it: endpoint groups put into the endpoints, sides into lists."""
    new = mapping(root, root)
    _replace(new, "syntheses", lambda node: _each(node, _plan))
    groups = root.get("endpoint_groups")
    if not isinstance(groups, Map):
        return new
    own = root.get("endpoints")
    known = mapping(own if isinstance(own, Map) else {}, own if isinstance(own, Map) else groups)
    for name, group in groups.items():
        listed = group.get("endpoints") if isinstance(group, Map) else None
        if not isinstance(listed, Seq):
            continue
        shared = {k: v for k, v in group.items() if k != "endpoints"}
        for endpoint in listed:
            if isinstance(endpoint, Text) and endpoint in known:
                faults.add("YML005", endpoint, f"`{endpoint}` is defined twice, here in `{name}`", "keep one")
            elif isinstance(endpoint, Text):
                known[endpoint] = mapping(shared, endpoint)
    new[text("endpoints", groups)] = known
    return new


def _plan(node: Map) -> Map:
    """A synthesis whose sides are lists of treatments, as one or several were written."""
    compare = node.get("compare")
    if not isinstance(compare, (Text, Seq)):
        return node
    new = mapping(node, node)
    written = sequence([compare], compare) if isinstance(compare, Text) else compare
    sides = [side if isinstance(side, Seq) else sequence([side], side) for side in written]
    put(new, node, "compare", sequence(sides, compare))
    return new


def _is_other(root: Map, wanted: str, other: str, faults: Faults) -> bool:
    """Whether a file is of the other kind, which is then all there is to say."""
    if wanted in root or wanted in root.lost or other not in root:
        return False
    help = f"a {wanted} file has `{wanted}:` in place of `{other}:`"
    faults.add("YML013", key_of(root, other), f"this is a {other} file, and a {wanted} belongs here", help)
    return True


def build_study(root: Map, key: str, names: Names | None, curve: CurveReader, faults: Faults) -> Study | None:
    """The study of a tree, its names held against those of its review."""
    if _is_other(root, "study", "review", faults):
        return None
    tree = study_tree(root, key, curve, faults)
    check_study(tree, key, names, faults)
    _settle_categories(tree, names)
    name = str(root["study"]) if isinstance(root.get("study"), Text) else key
    study = build(Study, tree, name, faults)
    return study if study is None or study.rounding is None else rounded_as(study, study.rounding)


def build_review(root: Map, faults: Faults) -> Review | None:
    """The review of a tree, without its studies."""
    if _is_other(root, "review", "study", faults):
        return None
    tree = review_tree(root, faults)
    check_review(tree, faults)
    name = str(root["review"]) if isinstance(root.get("review"), Text) else "review"
    return build(Review, tree, name, faults)


def check_keys_differ(files: Iterable[tuple[Map | None, Faults]]) -> None:
    """Note a study whose key another file has already."""
    seen: dict[str, str] = {}
    for tree, faults in files:
        key = tree.get("study") if tree is not None else None
        if isinstance(key, Text):
            other = seen.setdefault(str(key), faults.file)
            if other != faults.file:
                faults.add(
                    "YML020", key, f"{other} holds a study of this key already", "give one another key"
                )
