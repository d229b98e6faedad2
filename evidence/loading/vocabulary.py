"""The names that a study may use, and what to say of one that it may not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.entry import RESERVED, TIMES
from evidence.loading.problems import Faults, closest, one_of
from evidence.loading.tree import Map, Seq, Text
from evidence.review import Review

# Other YAML tools read these as something else than text.
NOT_TEXT = ("yes", "no", "on", "off", "true", "false", "null", "y", "n")
DURATION = re.compile(
    r"[~≈<>≤≥]?\s*\d+(?:[.,]\d+)?(?:\s*(?:-|–|to)\s*\d+(?:\.\d+)?)?\s*"
    r"(?:second|minute|hour|day|week|month|year|cycle|visit|d|wk|mo|yr)s?"
    r"|(?:day|week|month|year|cycle|visit)\s*\d+(?:\.\d+)?",
    re.IGNORECASE,
)
_SLUG = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Named:
    """A treatment or endpoint that studies may name."""

    synonyms: tuple[str, ...] = ()
    kind: str | None = None
    unit: str | None = None
    categories: tuple[str, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What a review lets its studies name; None where the review does not say it readably."""

    treatments: dict[str, Named] | None
    endpoints: dict[str, Named] | None


def names_of_review(review: Review) -> Names:
    """The names of a review that was read."""
    treatments = {key: Named((*t.synonyms, t.label)) for key, t in review.treatments.items()}
    endpoints = {
        key: Named(
            (*e.synonyms, *((e.label,) if e.label else ())), e.kind, e.unit, e.categories, bool(e.ordered)
        )
        for key, e in review.endpoints.items()
    }
    return Names(treatments, endpoints)


def names_of_tree(tree: Map) -> Names | None:
    """The names of a review file, whatever else is wrong with it; None for another kind of file."""
    if "study" in tree and "review" not in tree:
        return None
    treatments = named(tree["treatments"]) if isinstance(tree.get("treatments"), Map) else None
    if (
        any(not isinstance(tree.get(name, tree), Map) for name in ("endpoints", "endpoint_groups"))
        or tree.lost
    ):
        return Names(treatments, None)
    endpoints = named(tree.get("endpoints"))
    for _, group in items(tree.get("endpoint_groups")):
        if isinstance(group, Map):
            endpoints |= {str(name): _named(group) for name in texts(group.get("endpoints"))}
    return Names(treatments, endpoints)


def named(node: Any) -> dict[str, Named]:
    """The treatments or endpoints of a mapping."""
    return {str(key): _named(value) for key, value in items(node)}


def items(node: Any) -> list[tuple[Text, Any]]:
    """The items of a mapping, or none."""
    return list(node.items()) if isinstance(node, Map) else []


def texts(node: Any) -> list[Text]:
    """The text of a list, or one text as a list of it."""
    if isinstance(node, Text):
        return [node]
    return [item for item in node if isinstance(item, Text)] if isinstance(node, Seq) else []


def word(node: Any) -> str | None:
    """A text, or None."""
    return str(node) if isinstance(node, Text) else None


def _named(node: Any) -> Named:
    if not isinstance(node, Map):
        return Named()
    label = word(node.get("label"))
    synonyms = (*map(str, texts(node.get("synonyms"))), *((label,) if label else ()))
    categories = tuple(map(str, texts(node.get("categories"))))
    return Named(
        synonyms, word(node.get("kind")), word(node.get("unit")), categories, node.get("ordered") == "true"
    )


def is_time(name: str) -> bool:
    """Whether a key names a time."""
    return name in TIMES or DURATION.fullmatch(name) is not None


def is_name(text: str) -> bool:
    """Whether a text is a name: a-z, 0-9 and hyphens, with a letter."""
    return _SLUG.fullmatch(text) is not None


def check_name(node: Text, what: str, faults: Faults, also_reserved: bool = False) -> None:
    """Note a name that is no slug, or means something else."""
    reserved = RESERVED if also_reserved else ()
    if node in NOT_TEXT or node.isdigit() or node in reserved:
        why = (
            "has a meaning of its own"
            if node in reserved
            else "is read as something else by other YAML tools"
        )
        faults.add(
            "YML022", node, f"{what} cannot be called `{node}`: it {why}", f"such as {plain_name(node)}-arm"
        )
    elif not is_name(node):
        help = f"names are a-z, 0-9 and -, such as {plain_name(node) or 'group-a'}"
        faults.add("YML019", node, f"{what}: `{node}` is no name", help)


def plain_name(name: str) -> str:
    """The name nearest to a text."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def suggestion(
    name: str, known: Iterable[str], synonyms: Mapping[str, str] | None = None, what: str = ""
) -> str:
    """What to write instead of an unknown name: the one meant, or those there are."""
    known = list(known)
    by_synonym = {k.lower(): v for k, v in (synonyms or {}).items()}
    if name.lower() in by_synonym:
        return f"`{name}` is another name of {by_synonym[name.lower()]}; write {by_synonym[name.lower()]}"
    near = closest(name, known)
    if near is None and synonyms:
        other = closest(name, synonyms)
        near = synonyms[other] if other else None
    if near:
        return f"did you mean {near}?"
    return f"{what or 'there are'} {one_of(known, 30)}" if known else f"none are declared {what}".strip()


def synonyms_of(names: Mapping[str, Named]) -> dict[str, str]:
    """Every synonym, and the key it stands for."""
    return {synonym: key for key, entry in names.items() for synonym in entry.synonyms}
