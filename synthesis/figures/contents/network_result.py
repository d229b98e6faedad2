"""What a network of comparisons found: every treatment against every other, however it was computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from synthesis.errors import FigureError
from synthesis.figures.contents.of_review import endpoint_label, treatment_label

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.table import EffectTable


@dataclass(frozen=True, slots=True)
class Contrast:
    """One treatment against another, on the scale of the analysis (logs for ratios)."""

    mu: float
    se: float
    low: float
    high: float

    def turned(self) -> "Contrast":
        """The second against the first."""
        return Contrast(-self.mu, self.se, -self.high, -self.low)


Pairs = Mapping[tuple[str, str], Contrast]


@dataclass(frozen=True, slots=True)
class NetworkResult:
    """Every pair of treatments that could be compared.

    `labels` names the treatments by key, in the order to show; `network` and `direct` hold the contrasts of
    (first, second), each pair in one order only; `how` says in a sentence where `network` comes from;
    `better` which way the endpoint is better.
    """

    name: str
    title: str
    labels: Mapping[str, str]
    network: Pairs
    direct: Pairs
    measure: str | None = None
    better: str | None = None
    level: float = 95.0
    how: str = ""

    def of(self, pairs: Pairs, first: str, second: str) -> Contrast | None:
        """The first treatment against the second; None where they were not compared."""
        if (first, second) in pairs:
            return pairs[first, second]
        found = pairs.get((second, first))
        return None if found is None else found.turned()


def of_review(
    review: "Review", endpoint: str, measure: str | None = None, audit: "Audit | None" = None
) -> NetworkResult:
    """The direct pools of an endpoint, and pairs without one compared through a common treatment.

    Raises
    ------
    FigureError
        No two treatments were compared.

    References
    ----------
    Bucher HC, Guyatt GH, Griffith LE, Walter SD. J Clin Epidemiol 1997;50:683-91.
    """
    from synthesis.planning import pooled

    tables = _tables(review, endpoint, measure, audit)
    code = measure or next((table.measure for table in tables if table.k), None)
    better = next((table.better for table in tables if table.k), None)
    direct: dict[tuple[str, str], Contrast] = {}
    level = 95.0
    for table in tables:
        pool = pooled(review, table) if table.measure == code else None
        if pool is not None:
            one = pool.common if pool.k == 2 else pool  # as in the forest plot
            direct[table.compare[0], table.compare[1]] = Contrast(one.mu, one.se, one.ci.low, one.ci.high)
            level = pool.level
    if not direct:
        raise FigureError(f"no two treatments were compared on {endpoint} in a way that gives an estimate")
    keys = sorted(
        {key for pair in direct for key in pair}, key=lambda key: (treatment_label(review, key), key)
    )
    network = dict(direct)
    for i, first in enumerate(keys):
        for second in keys[i + 1 :]:
            if (first, second) not in direct and (second, first) not in direct:
                through = _through(direct, keys, first, second, level)
                if through is not None:
                    network[first, second] = through
    return NetworkResult(
        name=endpoint,
        title=endpoint_label(review, endpoint),
        labels={key: treatment_label(review, key) for key in keys},
        network=network,
        direct=direct,
        measure=code,
        better=better,
        level=level,
        how="Pairs without a study are compared through the common treatment with the smallest error",
    )


def _tables(
    review: "Review", endpoint: str, measure: str | None, audit: "Audit | None"
) -> "list[EffectTable]":
    """The effects of every pair of treatments that some study compares on the endpoint."""
    from itertools import combinations

    from synthesis.estimating import effects
    from synthesis.figures.contents.network import treatments

    pairs = {
        pair for study in review.studies for pair in combinations(sorted(treatments(study, endpoint)), 2)
    }
    return [
        effects(review, endpoint, measure=measure, compare=pair, audit=audit)
        for pair in sorted(pairs)
        if set(pair) <= set(review.treatments)
    ]


def _through(direct: Pairs, keys: list[str], first: str, second: str, level: float) -> Contrast | None:
    """The indirect comparison with the smallest standard error; None without a common treatment."""
    z = NormalDist().inv_cdf(0.5 + level / 200)
    made = []
    for common in keys:
        one, other = _either(direct, first, common), _either(direct, second, common)
        if one is not None and other is not None:
            mu, se = one.mu - other.mu, sqrt(one.se**2 + other.se**2)
            made.append(Contrast(mu, se, mu - z * se, mu + z * se))
    return min(made, key=lambda contrast: contrast.se, default=None)


def _either(pairs: Pairs, first: str, second: str) -> Contrast | None:
    if (first, second) in pairs:
        return pairs[first, second]
    found = pairs.get((second, first))
    return None if found is None else found.turned()


def lower_is_better(result: NetworkResult) -> bool | None:
    """Whether an effect below the null favours the first treatment; None where nobody said."""
    from synthesis.figures.display import display
    from synthesis.figures.forest_words import favours

    if result.better is None:
        return None
    sides = favours(display(result.measure), result.better, ("first", "second"))
    return None if len(sides) < 2 else "first" in sides[0]
