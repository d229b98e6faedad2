"""Whether a report is what the files at hand give: input by input, and byte by byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence._version import __version__
from synthesis.errors import ReportError
from synthesis.reporting.assembly import page
from synthesis.reporting.data import digest, from_report
from synthesis.reporting.material import gather

if TYPE_CHECKING:
    from evidence.review import Review


@dataclass(frozen=True, slots=True)
class Verified:
    """What a report was found to be: ``same`` byte for byte, or what differs, each in a sentence."""

    same: bool
    files: int
    differences: tuple[str, ...]


def verified(text: str, name: str, review: Review, since: dict[str, Any] | None = None) -> Verified:
    """Whether a page is the report of a review.

    Parameters
    ----------
    text, name : str
        The page, and what it is called in messages.
    review : Review
        The files as they are now.
    since : dict, optional
        The data of the earlier report, for a page that was made to compare with one.

    Raises
    ------
    ReportError
        When the page is no report, or compares with an earlier one that was not given.
    """
    said = from_report(text, name)
    if said.get("since") and since is None:
        raise ReportError(f"{name} compares with an earlier report; name it with --since")
    files = {file: digest(content) for file, content in review.files.items()}
    found = [*_inputs(said["inputs"], files)]
    if said.get("program") != __version__:
        found.append(f"made by version {said.get('program')}; this is {__version__}")
    same = not found and text == page(gather(review, since=since), title=said["title"])
    if not same and not found:
        found.append("the files are the same, but the page is not what they give: it was changed by hand")
    return Verified(same, len(files), tuple(found))


def _inputs(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """What differs between the files of the page and those at hand."""
    changed = [f"{file} has changed" for file in before if file in now and before[file] != now[file]]
    gone = [f"{file} is not here" for file in before if file not in now]
    new = [f"{file} is new" for file in now if file not in before]
    return [*changed, *gone, *new]
