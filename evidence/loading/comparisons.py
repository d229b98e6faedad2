"""Tests, effects and shared statistics under the address of what they compare."""

from __future__ import annotations

from evidence.entry import (
    LETTERS,
    Effect,
    Shared,
    Test,
)
from evidence.loading.numbers import source_of
from evidence.loading.problems import Faults
from evidence.loading.results import Address, plain_word, quotes, refuse_made, statistics
from evidence.loading.tree import Map, Seq, Text, key_of, mapping, put, sequence, text
from evidence.records import made_names


def as_shared(node: Map, address: Address, arms: tuple[str, ...], faults: Faults) -> Map:
    """Statistics printed once for several arms, with `all` spelt out."""
    new = statistics(node, Shared, faults)
    written = node.get("arms")
    if isinstance(written, Text) and written == "all":
        put(new, new, "arms", sequence([text(arm, written) for arm in arms], written))
    names = [plain_word(a) for a in new["arms"]] if isinstance(new.get("arms"), Seq) else ["all"]
    new["address"], new["position"] = f"{address.full(None)}/{'+'.join(names)}", source_of(node)
    return new


def _sides(node: Map, new: Map, faults: Faults) -> list[list[str]]:
    """The sides of a comparison, each a list of names; the tree is given the same shape."""
    compare = node.get("compare")
    if compare is None:
        return []
    if not isinstance(compare, Seq) or len(compare) < 2:
        faults.add(
            "YML018",
            key_of(node, "compare"),
            "`compare` names two sides, first versus second",
            "such as compare: [anlotinib, sorafenib]",
        )
        new.pop(Text("compare"), None)
        new.lost.add("compare")
        return []
    sides = [side if isinstance(side, Seq) else sequence([side], side) for side in compare]
    put(new, node, "compare", sequence(sides, compare))
    return [[plain_word(name) for name in side] for side in sides]


def _contrast(sides: list[list[str]], node: Map) -> str:
    versus = "-vs-".join("+".join(side) for side in sides)
    within, across, of = (plain_word(node.get(name)) for name in ("within", "across", "of"))
    if within:
        versus = f"{within}.{versus or 'within'}"
    if across:
        versus = f"{versus + '.' if versus else ''}across.{across}"
    name = versus or "between"
    if of and of != "level":
        name += f".{of}"
    return name + (f".{plain_word(node['id'])}" if plain_word(node.get("id")) else "")


def as_test(node: Map, address: Address, faults: Faults) -> Map:
    """A test with its statistic, contrast and address."""
    new = mapping({}, node)
    letters = [key for key in node if key in LETTERS]
    made = made_names(Test)
    for key, value in node.items():
        if key in letters:
            continue
        if key == "quote":
            new["quotes"] = quotes(value, faults)
        elif key in made:
            refuse_made(key, faults)
        else:
            new[key] = value
    for other in letters[1:]:
        faults.add(
            "YML013", other, f"two statistics in one test, `{letters[0]}` and `{other}`", "write two tests"
        )
    if letters:
        new[text("statistic", letters[0])] = node[letters[0]]
        if letters[0] != "statistic":
            new["letter"] = str(letters[0])
    contrast = _contrast(_sides(node, new, faults), node)
    new["contrast"], new["position"] = contrast, source_of(node)
    new["address"] = f"{address.full(None)}/{contrast}"
    return new


def as_effect(node: Map, address: Address, faults: Faults) -> Map:
    """An effect with its intervals, contrast and address."""
    new = statistics(node, Effect, faults)
    for name in ("adjusted", "stratified"):
        value = node.get(name)
        if isinstance(value, Text) and value == "none":
            put(new, node, name, sequence([], value))
        elif isinstance(value, Text) and value == "not-reported":
            new.pop(name)
    contrast = _contrast(_sides(node, new, faults), node)
    parts = [plain_word(node.get("measure")) or "?"]
    if new.get("adjusted"):
        parts.append("adjusted")
    parts += [word for name in ("crossover", "method") if (word := plain_word(node.get(name)))]
    new["contrast"], new["position"] = contrast, source_of(node)
    new["address"] = f"{address.full(None)}/{contrast}/{'.'.join(parts)}"
    return new


def as_pairs(node: Map, address: Address, faults: Faults) -> Map:
    """A paired two by two with its address."""
    new = mapping(dict(node), node)
    for key in [k for k in node if k in ("address", "position")]:
        refuse_made(key, faults)
    compare = node.get("compare")
    sides = [plain_word(side) for side in compare] if isinstance(compare, Seq) else []
    new["address"] = f"{address.full(None)}/{'-vs-'.join(sides) or 'pairs'}"
    new["position"] = source_of(node)
    return new
