"""Quick noes: for a number of a claim, which of its edits no check can agree with."""

from __future__ import annotations

from evidence.claims import Claim
from evidence.repair.candidates import Screen
from evidence.repair.links import Links
from evidence.values import Reported


def screens(links: Links, i: int, claim: Claim, number: Reported) -> list[Screen]:
    """The quick noes of a claim, as printed or edited elsewhere, to edits of one of its numbers."""
    made = (check.allows(claim, number) for check in links.checks(i) if check.allows is not None)
    return [screen for screen in made if screen is not None]
