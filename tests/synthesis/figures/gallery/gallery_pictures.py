"""One picture of every figure of the gallery: of the BCG trials, of a small review, or of two real studies.

The tests hold each to what holds for all, and `make gallery` puts them on its page.
"""

from collections.abc import Callable
from dataclasses import dataclass

import synthesis
from evidence.review import Review
from synthesis.drawing.drawing import Drawing
from synthesis.fit import Pool


@dataclass(frozen=True)
class Drawn:
    """What the pictures are of."""

    bcg: Pool
    demo: Review
    two: Review


def _of_pool(name: str) -> Callable[[Drawn], Drawing]:
    return lambda of: getattr(synthesis.plot, name)(of.bcg)  # type: ignore[no-any-return]  # a door by its name


def _of_demo(name: str) -> Callable[[Drawn], Drawing]:
    return lambda of: getattr(synthesis.plot, name)(of.demo)  # type: ignore[no-any-return]  # a door by its name


def _multiverse(of: Drawn) -> Drawing:
    return synthesis.plot.multiverse(of.demo, "response", compare=("drug", "placebo"))


OUTCOMES = ("response", "nausea", "pain")
POOLS = ("baujat", "cumulative", "drapery", "funnel", "gosh", "influence", "labbe", "leave_one_out")
PICTURES: dict[str, Callable[[Drawn], Drawing]] = {
    **{name: _of_pool(name) for name in (*POOLS, "profile", "radial")},
    **{name: _of_demo(name) for name in ("bias_summary", "flow", "network", "risk_of_bias")},
    "before_after": lambda of: synthesis.plot.before_after(of.demo, "pain"),
    "bubble": lambda of: synthesis.plot.bubble(of.bcg, by="year"),
    "league": lambda of: synthesis.plot.league(of.demo, "response"),
    "ledger": lambda of: synthesis.plot.ledger(of.two),
    "medians": lambda of: synthesis.plot.medians(of.demo, "survival"),
    "multiverse": _multiverse,
    "participants": lambda of: synthesis.plot.participants(of.demo, study="baker-2008"),
    "ranking": lambda of: synthesis.plot.ranking(of.demo, "response"),
    "samples": lambda of: synthesis.plot.samples("3.2", "2.4", 19, 0, 7),
    "summary_of_findings": lambda of: synthesis.plot.summary_of_findings(of.demo, outcomes=OUTCOMES),
    "survival_curves": lambda of: synthesis.plot.survival_curves(of.demo, "survival"),
}
