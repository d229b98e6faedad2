"""What is done to counts with an empty cell, by name, and what that asks of a measure.

| name | metafor | what it does |
|---|---|---|
| `one-half` | add=1/2, to="only0", drop00=FALSE | one half to each cell of studies with an empty one |
| `treatment-arm` | add=each arm's share, to="only0" | the share of its arm instead (Sweeting 2004, k = 1) |
| `none` | to="none" | nothing; effects that an empty cell leaves undefined are not estimable |
| `drop` | add=1/2, to="only0", drop00=TRUE | as one-half, without studies where nobody or everybody had it |

No policy changes a study without an empty cell. Ratios never count a study without events in both arms, as it
says nothing of them. Measures that are defined with zeros (AS, PHI, PAS) add nothing under any policy, single
arms have no share, so that they take one half, and Mantel-Haenszel and Peto sums need no correction.

References
----------
Sweeting MJ, Sutton AJ, Lambert PC. Stat Med 2004;23:1351-75.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence.measures.measure import Measure

ONE_HALF = "one-half"
TREATMENT_ARM = "treatment-arm"
NOTHING = "none"
DROP = "drop"
ZEROS = (ONE_HALF, TREATMENT_ARM, NOTHING, DROP)
"""The names of the policies, the default first."""


def adds(measure: Measure) -> bool:
    """Whether a measure adds to empty cells unless told otherwise.

    Examples
    --------
    >>> from evidence.measures import get
    >>> adds(get("RR")), adds(get("AS")), adds(get("MD"))
    (True, False, False)
    """
    taken = inspect.signature(measure.effect).parameters
    return "add" in taken and taken["add"].default != 0


def options(zeros: str, measure: Measure) -> dict[str, Any]:
    """The options of a measure's `effect` that a policy asks for.

    Examples
    --------
    >>> from evidence.measures import get
    >>> options("treatment-arm", get("OR")), options("treatment-arm", get("PLO"))
    ({'add': 'treatment-arm'}, {})
    """
    if zeros == NOTHING and adds(measure):
        return {"to": "none"}
    if zeros == TREATMENT_ARM and adds(measure) and measure.kind == "binary":
        return {"add": TREATMENT_ARM}
    if zeros == DROP and "drop00" in inspect.signature(measure.effect).parameters:
        return {"drop00": True}
    return {}
