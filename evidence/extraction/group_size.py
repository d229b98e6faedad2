"""The size of a group: ``n = 78``, ``N = 1,234``."""

from __future__ import annotations

from evidence.claims import Share
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.reading import Prose, Read
from evidence.extraction.tokens import NUMBER

NAMES = frozenset(("n",))


def group_size(prose: Prose, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """The n that begins at token i, as a share of which nothing is counted yet; None where none does."""
    size = prose.whole(i + 2) if prose.tokens[i + 1].text == "=" else None
    if size is None or prose.tokens[size.after].text in ("%", "/") or _is_grouped(prose, size):
        return None
    passage = Passage(prose, name, i, size.after)
    n = passage.number(size, "n")
    return (passage.holds(Share(passage.place(), "", n), (n,)),), size.after


def _is_grouped(prose: Prose, size: Read) -> bool:
    """Whether three figures follow behind a space, so that the number may be ``1 234``."""
    behind = prose.tokens[size.after]
    return behind.kind == NUMBER and len(behind.text) == 3 and behind.text.isdigit()
