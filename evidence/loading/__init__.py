"""Study and review files read: models, or every problem of every file at once.

review = read_review("studies/")
study = read_study("studies/gansu-2024.yaml", review)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from evidence.loading.characters import LARGEST_FILE, decoded
from evidence.loading.files import build_review, build_study
from evidence.loading.parsing import parsed
from evidence.loading.problems import ERROR, EvidenceFileError, Faults, Problem, StudyFileError
from evidence.loading.tree import Map
from evidence.loading.vocabulary import Names, names_of_review, names_of_tree
from evidence.review import Review
from evidence.study import Study

__all__ = ["EvidenceFileError", "Problem", "StudyFileError", "read_names", "read_review", "read_study"]

REVIEW_NAME = "review.yaml"
SUFFIXES = (".yaml", ".yml")


def read_review(path: str | PathLike[str]) -> Review:
    """The review of a folder, or of a review file, with every study beside it.

    Parameters
    ----------
    path : str or path
        A folder holding ``review.yaml`` and the studies, or the review file itself.

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
    folder, main = (given, given / REVIEW_NAME) if given.is_dir() else (given.parent, given)
    first = _opened(main)
    names, review = _review(first)
    others = [_opened(file) for file in _study_files(folder, main)]
    studies = [_study(file, names) for file in others]
    opened = [first, *others]
    warnings = _settle(opened)
    assert review is not None
    return review.model_copy(
        update={
            "studies": tuple(study for study in studies if study is not None),
            "files": {file.path.name: file.text for file in opened} | _curves(studies),
            "file": main.name,
            "folder": folder.as_posix(),
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
    main = _opened(Path(path) / REVIEW_NAME)
    _, review = _review(main)
    _settle([main])
    assert review is not None
    return review


def read_study(path: str | PathLike[str], review: Review | None = None) -> Study:
    """The study of one file; with a review, its names are held against the review's.

    Raises
    ------
    StudyFileError
        With every problem of the file.
    """
    file = _opened(Path(path))
    study = _study(file, names_of_review(review) if review is not None else None)
    warnings = _settle([file])
    assert study is not None
    return study.model_copy(update={"warnings": warnings})


@dataclass(slots=True)
class _File:
    """One file as far as it could be read."""

    path: Path
    text: str
    tree: Map | None
    faults: Faults
    complete: bool


def _opened(path: Path) -> _File:
    faults = Faults(path.name, "")
    data = _bytes(path, faults)
    if data is None:
        return _File(path, "", None, faults, False)
    text, faults = decoded(data, path.name)
    if text is None:
        return _File(path, "", None, faults, False)
    tree, faults, complete = parsed(text, path.name)
    return _File(path, text, tree, faults, complete)


def _bytes(path: Path, faults: Faults) -> bytes | None:
    """The bytes of a file, or None and the reason."""
    if path.is_dir():
        faults.at("YML002", 1, 1, "this is a folder, and a file is wanted", "name a file in it")
        return None
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        if path.name == REVIEW_NAME and path.parent.is_dir():
            help = "`evidence new review` writes one"
        else:
            help = "is the path right?"
        faults.at("YML002", 1, 1, "there is no such file", help)
    except OSError as error:
        faults.at("YML002", 1, 1, f"the file cannot be read: {error.strerror}", "may it be read?")
    return None


def _study_files(folder: Path, main: Path) -> list[Path]:
    """The study files of a folder, in the order of their names."""
    if not folder.is_dir():
        return []
    found = (f for f in folder.iterdir() if f.suffix in SUFFIXES and not f.name.startswith("."))
    return sorted((f for f in found if f.name != main.name), key=lambda f: f.name)


def _review(file: _File) -> tuple[Names | None, Review | None]:
    """The names that a review file declares, whatever else is wrong with it, and its review."""
    if file.tree is None or not file.complete:
        return None, None
    return names_of_tree(file.tree), build_review(file.tree, file.faults)


def _study(file: _File, names: Names | None) -> Study | None:
    if file.tree is None or not file.complete:
        return None
    study = build_study(file.tree, file.path.stem, names, file.faults)
    return study.model_copy(update={"file": file.path.name}) if study is not None else None


def _settle(files: Iterable[_File]) -> tuple[Problem, ...]:
    """The warnings of some files; raises where any holds an error."""
    found = [
        replace(problem, file=file.path.as_posix()) for file in files for problem in file.faults.sorted()
    ]
    if any(problem.severity == ERROR for problem in found):
        raise StudyFileError(found)
    return tuple(found)


def _curves(studies: Iterable[Study | None]) -> dict[str, str]:
    return {}
