"""Thompson and Sharp's test: Egger's with the DerSimonian-Laird residual variance."""

from __future__ import annotations

import numpy as np

from synthesis.diagnostics.small_study.asymmetry import Asked, Asymmetry, Test
from synthesis.diagnostics.small_study.lines import mixed
from synthesis.fit import NotDefined

KEY, NAME = "thompson", "Thompson and Sharp's test"


def run(asked: Asked) -> Asymmetry | NotDefined:
    """The slope on the standard error, tested on t with k - 2 degrees of freedom (meta `metabias`)."""
    return mixed(asked, (KEY, NAME), np.sqrt(asked.pool.vi), "sei", "DL", "t")


TEST = Test(
    KEY,
    NAME,
    "Meta-regression of the effects on their standard errors, tau2 by the method of moments.",
    "Thompson SG, Sharp SJ. Stat Med 1999;18:2693-708.",
    run,
)
