"""Finding and reading the review that a command is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from synthesis.cli.listing import did_you_mean
from synthesis.cli.output import one_by_one

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review

USUAL = ("review.yaml", "studies/review.yaml")


def find_root(root: str | None) -> str:
    """The folder of the review: the one named, else this one, else `studies` in it."""
    if root is not None:
        return root
    for place in USUAL:
        if Path(place).is_file():
            return str(Path(place).parent)
    raise click.UsageError(
        "there is no review.yaml here or in studies/. Name its folder with --root, "
        "or start a review: evidence new review studies"
    )


def read(root: str | None) -> Review:
    """The review in a folder, its study files read and understood."""
    folder = find_root(root)
    from evidence.loading import read_review

    return read_review(folder, through=one_by_one(f"Reading {folder}"))


def read_paths(paths: tuple[str, ...]) -> tuple[str, Review, tuple[str, ...]]:
    """The folder that holds these files, the review in it, and the studies that were meant."""
    folders = {str(Path(path).parent if Path(path).is_file() else Path(path)) for path in paths}
    if len(folders) > 1:
        raise click.UsageError(f"one review at a time, not {', '.join(sorted(folders))}")
    for path in paths:
        if not Path(path).exists():
            raise click.UsageError(f"there is no file or folder {path}.{_near(Path(path))}")
    root = find_root(folders.pop() if folders else None)
    review = read(root)
    named = {Path(path).stem for path in paths if Path(path).is_file()} - {"review"}
    return root, review, tuple(one.study for one in review.studies if not named or one.study in named)


def _near(path: Path) -> str:
    beside = [item.name for item in path.parent.iterdir()] if path.parent.is_dir() else []
    return did_you_mean(path.name, sorted(beside))


def audited(review: Review, reading: str = "corrected", rounding: str | None = None) -> Audit:
    """The audit of a review under a reading; a reading that needs an audit has that of the corrected one."""
    from evidence.auditing import audit
    from evidence.readings import AS_PRINTED, CORRECTED

    chosen = AS_PRINTED if reading == AS_PRINTED else CORRECTED
    return audit(review, chosen, rounding=rounding, through=one_by_one("Recomputing the printed numbers"))


def exit_code(audit: Audit, fail_on: str) -> int:
    """1 where the audit finds something at or above `fail_on`, else 0."""
    return 1 if fail_on != "never" and audit.at_least(fail_on) else 0
