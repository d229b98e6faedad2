"""Examples of files tried: what loading, the audit and the options say of them, from text alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from evidence.rules.choosing import UnknownCodeError, prefixes
from evidence.rules.file_rule import AUDIT, CURVE, OPTIONS, REVIEW, STUDY, TEXTS
from evidence.rules.page import Said

if TYPE_CHECKING:
    from evidence.loading.problems import Faults, Problem
    from evidence.loading.tree import Map, Seq, Text
    from evidence.loading.vocabulary import Names
    from evidence.study import Study


def tried(of: str, text: str) -> tuple[Said, ...]:
    """Everything said of a text, where the other files of the small review are as they should be."""
    return _TRIES[of](text)


def _of_study(text: str) -> tuple[Said, ...]:
    _, problems = _study(text, TEXTS[CURVE])
    return _said(problems)


def _of_curve(text: str) -> tuple[Said, ...]:
    _, problems = _study(TEXTS[STUDY], text)
    return _said(problems)


def _of_review(text: str) -> tuple[Said, ...]:
    from evidence.loading.files import build_review

    tree, faults = _tree(text, "review.yaml")
    if tree is not None:
        build_review(tree, faults)
    return _said(faults.sorted())


def _of_audit(text: str) -> tuple[Said, ...]:
    from evidence.auditing import audit
    from evidence.findings import NONE

    study, problems = _study(text, TEXTS[CURVE])
    if study is None:
        return _said(problems)
    found = [finding for finding in audit(study) if finding.severity != NONE and finding.settled is None]
    return tuple(Said(finding.code, finding.severity, finding.message) for finding in found)


def _of_options(text: str) -> tuple[Said, ...]:
    from evidence.rules import slugs

    try:
        prefixes("--select", text, slugs())
    except UnknownCodeError as error:
        return (Said("CFG901", "error", str(error)),)
    return ()


_TRIES: dict[str, Callable[[str], tuple[Said, ...]]] = {
    STUDY: _of_study,
    CURVE: _of_curve,
    REVIEW: _of_review,
    AUDIT: _of_audit,
    OPTIONS: _of_options,
}


def _said(problems: list[Problem]) -> tuple[Said, ...]:
    return tuple(Said(problem.code, problem.severity, problem.message) for problem in problems)


def _tree(text: str, name: str) -> tuple[Map | None, Faults]:
    """The tree of a text, if all of it can be read, and what is wrong so far."""
    from evidence.loading.characters import decoded
    from evidence.loading.parsing import parsed

    read, faults = decoded(text.encode(), name)
    if read is None or faults.problems:
        return None, faults
    tree, faults, complete = parsed(read, name)
    return (tree if complete else None), faults


def _study(text: str, curve: str) -> tuple[Study | None, list[Problem]]:
    """The study of a text in the small review, if it is one, and what is wrong with it and its curve."""
    from evidence.loading.curves import curve_points
    from evidence.loading.files import build_study
    from evidence.loading.problems import Faults

    tree, faults = _tree(text, "smith-2020.yaml")
    if tree is None:
        return None, faults.sorted()
    beside = Faults("new.csv", curve)

    def points(node: Text) -> Seq | None:
        return curve_points(curve, beside)

    study = build_study(tree, "smith-2020", _names(), points, faults)
    return study, [*faults.sorted(), *beside.sorted()]


def _names() -> Names | None:
    from evidence.loading.vocabulary import names_of_tree

    tree, _ = _tree(TEXTS[REVIEW], "review.yaml")
    return names_of_tree(tree) if tree is not None else None
