"""Study and review files read: models, or every problem of every file at once.

review = read_review("studies/")
study = read_study("studies/gansu-2024.yaml", review)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path

from evidence.loading.checking_plans import check_plans_against
from evidence.loading.files import build_review, build_study, check_keys_differ
from evidence.loading.opening import REVIEW_NAME, File, Folder
from evidence.loading.problems import ERROR, EvidenceFileError, Problem, StudyFileError
from evidence.loading.vocabulary import Names, names_of_review, names_of_tree
from evidence.review import Review
from evidence.study import Study

__all__ = ["EvidenceFileError", "Problem", "StudyFileError", "read_names", "read_review", "read_study"]


def read_review(
    path: str | PathLike[str], *, through: Callable[[Sequence[Path]], Iterable[Path]] = iter
) -> Review:
    """The review of a folder, or of a review file, with every study beside it.

    Parameters
    ----------
    path : str or path
        A folder holding ``review.yaml`` and the studies, or the review file itself.
    through : callable, optional
        What hands on the files of the studies one by one, such as a progress bar.

    Returns
    -------
    Review
        Its ``studies`` are in the order of their file names; ``files`` holds the text of every file read,
        by its name relative to the folder, which is also how sources name files; ``folder`` is as given.

    Raises
    ------
    StudyFileError
        With every problem of every file, where any file cannot be understood.
    """
    given = Path(path)
    folder, main = (Folder(given), given / REVIEW_NAME) if given.is_dir() else (Folder(given.parent), given)
    names, review = _review(folder.open(main))
    studies = [_study(folder, folder.open(file), names) for file in through(folder.studies(but=main))]
    trees = [(file.tree, file.faults) for file in folder.files[1:]]
    check_keys_differ(trees)
    first, found = folder.files[0], [tree for tree, _ in trees if tree is not None]
    if first.tree is not None and len(found) == len(trees):
        check_plans_against(first.tree, found, first.faults)
    warnings = _settle(folder)
    assert review is not None
    return review.model_copy(
        update={
            "studies": tuple(study for study in studies if study is not None),
            "files": {file.name: file.text for file in folder.files},
            "file": main.name,
            "folder": folder.path.as_posix(),
            "warnings": warnings,
        }
    )


def read_names(path: str | PathLike[str]) -> Review:
    """The review file of a folder by itself: the names it declares, and no studies.

    Raises
    ------
    StudyFileError
        With every problem of the review file.
    """
    folder = Folder(Path(path))
    _, review = _review(folder.open(folder.path / REVIEW_NAME))
    _settle(folder)
    assert review is not None
    return review


def read_study(path: str | PathLike[str], review: Review | None = None) -> Study:
    """The study of one file; with a review, its names are held against the review's.

    Raises
    ------
    StudyFileError
        With every problem of the file.
    """
    folder = Folder(Path(path).parent)
    names = names_of_review(review) if review is not None else None
    study = _study(folder, folder.open(Path(path)), names)
    warnings = _settle(folder)
    assert study is not None
    return study.model_copy(update={"warnings": warnings})


def _review(file: File) -> tuple[Names | None, Review | None]:
    """The names that a review file declares, whatever else is wrong with it, and its review."""
    if file.tree is None:
        return None, None
    return names_of_tree(file.tree), build_review(file.tree, file.faults)


def _study(folder: Folder, file: File, names: Names | None) -> Study | None:
    if file.tree is None:
        return None
    study = build_study(file.tree, file.path.stem, names, folder.curves(file.faults), file.faults)
    return study.model_copy(update={"file": file.name}) if study is not None else None


def _settle(folder: Folder) -> tuple[Problem, ...]:
    """The warnings of a folder's files; raises where any file holds an error."""
    found = [replace(problem, file=file.shown) for file in folder.files for problem in file.faults.sorted()]
    if any(problem.severity == ERROR for problem in found):
        raise StudyFileError(found)
    return tuple(found)
