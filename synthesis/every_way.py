"""One comparison analysed in every reasonable way: by measure, reading, estimator and interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from evidence import measures as effect_measures
from evidence.derivation.inputs import ArmData
from evidence.emitting import emitted
from evidence.readings import READINGS
from synthesis.comparisons import named_endpoint
from synthesis.errors import PoolingError
from synthesis.estimating import effects
from synthesis.misreading import Misread, misread
from synthesis.planning import pooled
from synthesis.pooling import pool
from synthesis.table import OTHERS, EffectRow, EffectTable

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import Review
    from synthesis.fit import Pool

ESTIMATORS = ("REML", "DL", "PM", "ML", "EB", "SJ", "HE", "HS")
INTERVALS = ("HKSJ-wider", "HKSJ", "HKSJ-floor", "Wald")
OF_A_KIND = {"binary": ("RR", "OR", "RD"), "continuous": ("MD", "SMD", "ROM"), "time-to-event": ("HR",)}
"""The measures tried by default for an endpoint of each kind."""


@dataclass(frozen=True, slots=True)
class Universe:
    """One way of analysing, and what it gives on the scale of the analysis; or why it gives nothing."""

    measure: str
    tau2: str
    interval: str
    reading: str
    k: int
    mu: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    tau2_value: float | None = None
    reason: str | None = None

    @property
    def label(self) -> str:
        """``REML, HKSJ-wider, corrected``."""
        return ", ".join(part for part in (self.tau2, self.interval, self.reading) if part)


@dataclass(frozen=True, slots=True)
class Multiverse:
    """Every way tried, in the order measure, reading, estimator, interval.

    ``errors`` are no ways of analysing: what known errors would have made of the same studies.
    """

    endpoint: str
    endpoint_label: str
    compare: tuple[str, ...]
    compare_labels: tuple[str, ...]
    level: float
    universes: tuple[Universe, ...]
    better: str | None = None
    errors: tuple[Misread, ...] = ()

    def of(self, measure: str) -> tuple[Universe, ...]:
        """The ways that use one measure."""
        return tuple(u for u in self.universes if u.measure == measure)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures tried."""
        return tuple(dict.fromkeys(u.measure for u in self.universes))

    def table(self, measure: str) -> EffectTable:
        """The ways of one measure as rows that `synthesis.plot.forest` draws, each with its own interval."""
        rows = tuple(_row(u, self) for u in self.of(measure) if u.mu is not None)
        return EffectTable(
            endpoint=self.endpoint,
            endpoint_label=f"{self.endpoint_label}, every way of pooling",
            measure=measure,
            compare=self.compare,
            compare_labels=self.compare_labels,
            rows=rows,
            better=self.better,
            pooled=False,
            reason="each line is the same studies, pooled in another way",
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data, floats to twelve digits."""
        from dataclasses import asdict

        found: dict[str, Any] = emitted(asdict(self))
        return found


def multiverse(
    review: Review,
    endpoint: str,
    *,
    compare: tuple[str, ...] | None = None,
    measures: Sequence[str] | None = None,
    estimators: Sequence[str] = ESTIMATORS,
    intervals: Sequence[str] = INTERVALS,
    readings: Sequence[str] = READINGS,
    level: float = 95.0,
    audit: Audit | None = None,
    zeros: str | None = None,
) -> Multiverse:
    """One comparison pooled in every combination of measure, reading, tau2 estimator and interval.

    Where two studies or fewer are left, the estimators and intervals say nothing that one does not, and only
    the first of each is tried. Ways that give the same studies nothing to pool keep their reason.

    Parameters
    ----------
    review : Review
        The review with its studies.
    endpoint, compare
        As for `synthesis.effects`.
    measures : sequence of str, optional
        Codes of effect measures; by default those usual for the endpoint's kind, or single arms'.
    estimators, intervals : sequence of str
        Keys of `synthesis.tau2.TAU2` and `synthesis.intervals.INTERVALS`.
    readings : sequence of str
        Names of `evidence.readings.READINGS`.
    level : float
        Of the intervals, in per cent.
    audit : Audit, optional
        What an audit found; made here where a reading needs one.
    zeros : str, optional
        As for `synthesis.effects`.

    Raises
    ------
    SynthesisError
        For a name that does not exist.
    """
    if audit is None:
        from evidence.auditing import audit as audited

        audit = audited(review)
    first = effects(review, endpoint, compare=compare, audit=audit, zeros=zeros)
    planned = pooled(review, first)
    named = named_endpoint(review, first.endpoint)
    usual = OF_A_KIND.get(named.kind if named else "", ()) if len(first.compare) > 1 else ()
    codes = tuple(measures or usual or (first.measure,))
    ways = [
        universe
        for code, reading in product(codes, readings)
        for universe in _universes(
            effects(
                review,
                endpoint,
                measure=code,
                compare=first.compare,
                audit=audit,
                reading=reading,
                zeros=zeros,
            ),
            estimators,
            intervals,
            level,
        )
    ]
    return Multiverse(
        endpoint=first.endpoint,
        endpoint_label=first.endpoint_label,
        compare=first.compare,
        compare_labels=first.compare_labels,
        level=level,
        universes=tuple(ways),
        better=first.better,
        errors=() if planned is None else misread(planned),
    )


def _universes(
    table: EffectTable, estimators: Sequence[str], intervals: Sequence[str], level: float
) -> Iterator[Universe]:
    if not table.pooled or table.k == 0:
        left = [left for left in table.left_out if not left.reason.startswith(OTHERS)]
        reason = table.reason or "; ".join(f"{one.label}: {one.reason}" for one in left)
        yield Universe(table.measure, "", "", table.reading, table.k, reason=reason or "nothing to pool")
        return
    few = table.k < 3
    for tau2, interval in product(estimators[:1] if few else estimators, intervals[:1] if few else intervals):
        try:
            found = pool(table, tau2=tau2, interval=interval, level=level)
        except PoolingError as error:
            yield Universe(table.measure, tau2, interval, table.reading, table.k, reason=str(error))
        else:
            yield _answer(table, found, tau2, interval)


def _answer(table: EffectTable, found: Pool, tau2: str, interval: str) -> Universe:
    spread = getattr(found.heterogeneity, "tau2", None)
    one = found.k == 1
    return Universe(
        measure=table.measure,
        tau2="" if one else tau2,
        interval=found.interval_method if one else interval,
        reading=table.reading,
        k=found.k,
        mu=found.mu,
        low=found.ci.low,
        high=found.ci.high,
        p=found.p,
        tau2_value=spread,
    )


def _row(way: Universe, whole: Multiverse) -> EffectRow:
    assert way.mu is not None and way.low is not None and way.high is not None
    half = (way.high - way.low) / 2
    return EffectRow(
        study=way.label,
        label=way.label,
        yi=way.mu,
        vi=max(half * half, 1e-300),
        arms=tuple(ArmData(arm, arm, arm) for arm in whole.compare),
        inputs=(),
        address=f"{whole.endpoint}/{way.measure}/{way.label}",
        stated=(way.low, way.high, whole.level),
    )


def known_measures(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes, each known to exist.

    Raises
    ------
    ValueError
        For a code that does not; the message lists those that do.
    """
    return tuple(effect_measures.get(code).code for code in codes)
