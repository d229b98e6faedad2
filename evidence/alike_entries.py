"""One endpoint printed in several places under the same qualifiers: its arms brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evidence.qualifiers import words_of

if TYPE_CHECKING:
    from evidence.entry import Entry, Result

Key = tuple[tuple[str, tuple[str, ...]], ...]


def likeness(entry: Entry) -> Key:
    """What entries of one endpoint must share to be about the same: every qualifier but the source."""
    return tuple(sorted((name, words) for name, words in words_of(entry).items() if name != "source"))


def brought_together(entries: Sequence[Entry], sources: Sequence[str]) -> Iterator[Entry]:
    """An entry for each set of alike ones, with the results of all: of an arm the one listed first.

    ``sources`` are in the order of trust; entries of one source keep the order of the file.
    """
    places = {source: place for place, source in enumerate(sources)}
    alike: dict[Key, list[Entry]] = {}
    for entry in entries:
        alike.setdefault(likeness(entry), []).append(entry)
    for own in alike.values():
        own.sort(key=lambda entry: places.get(entry.source or "", 0))
        results: dict[tuple[str, str | None], Result] = {}
        for result in (result for entry in own for result in entry.results):
            results.setdefault((result.arm, result.time), result)
        where = dict.fromkeys(entry.where for entry in own if entry.where)
        if len(own) > 1:
            yield own[0].model_copy(
                update={"results": tuple(results.values()), "where": "; ".join(where) or None}
            )
