"""PET-PEESE, and the unrestricted weighted least-squares mean: effects extrapolated to precise studies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence.distributions import t_sf
from synthesis.describing import shown, shown_p
from synthesis.diagnostics.least_squares import Line, fitted_line
from synthesis.diagnostics.records import Record, scale_of, too_few
from synthesis.diagnostics.small_study.asymmetry import FLAT, LEAST
from synthesis.fit import Estimate, Interval, NotDefined, Pool
from synthesis.intervals import critical_t
from synthesis.models.inverse_variance import weighted_mean


@dataclass(frozen=True, slots=True)
class PetPeese(Record):
    """The two lines, the intercept of each as an estimate, and which of the two the rule takes.

    `chosen` is "PEESE" where the intercept of PET differs from 0 at the level asked for, else "PET".
    """

    k: int
    pet: Line
    peese: Line
    pet_estimate: Estimate
    peese_estimate: Estimate
    chosen: str
    measure: str | None

    @property
    def estimate(self) -> Estimate:
        """The estimate that the rule takes."""
        return self.peese_estimate if self.chosen == "PEESE" else self.pet_estimate

    def summary(self) -> str:
        """Both estimates, and which the rule takes."""
        lines = [
            _line(name, one, self.measure)
            for name, one in (("PET", self.pet_estimate), ("PEESE", self.peese_estimate))
        ]
        return "\n".join([f"PET-PEESE, {self.k} studies", *lines, f"the rule takes {self.chosen}"])


@dataclass(frozen=True, slots=True)
class UnrestrictedMean(Record):
    """The common-effect mean with its variance times `dispersion` (unrestricted weighted least squares)."""

    k: int
    estimate: Estimate
    dispersion: float
    measure: str | None

    def summary(self) -> str:
        """The mean in a line."""
        told = _line("UWLS", self.estimate, self.measure)
        return f"{told}\n{self.k} studies, dispersion {shown(self.dispersion)}"


def _line(name: str, one: Estimate, measure: str | None) -> str:
    scale = scale_of(measure)
    bounds = scale.interval(one.ci.low, one.ci.high)
    test = f"t({one.df:g}) = {shown(one.statistic)}, {shown_p(one.p)}"
    return f"{name}: {scale.name} {scale.value(one.mu)} {bounds} ({one.ci.level:g} % interval; {test})"


def _intercept(line: Line, level: float, method: str) -> Estimate:
    statistic, p = line.test("intercept")
    ci = line.limit(level)
    bounds = Interval(ci.low, ci.high, level, method)
    return Estimate(line.intercept, line.intercept_se, bounds, statistic, float(line.df), p, method)


def pet_peese(pool: Pool, *, alpha: float = 0.1) -> PetPeese | NotDefined:
    """The effect expected of a study without sampling error, by two lines and the customary rule.

    Parameters
    ----------
    pool : what `synthesis.pool` gave
    alpha : two-sided level at which the intercept of PET is tested to choose between them

    Returns
    -------
    PetPeese; NotDefined below three studies, or where standard errors do not differ

    Notes
    -----
    PET is the line of effects on standard errors, PEESE on variances, both weighted by 1 / vi with
    multiplicative dispersion. `synthesis.regress` fits them with additive residual variance.

    References
    ----------
    Stanley TD, Doucouliagos H. Res Synth Methods 2014;5:60-78.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = pet_peese(pool(yi=[0.2, 0.9, 0.4, 0.3], vi=[0.05, 0.08, 0.04, 0.01]))
    >>> found.chosen, round(found.estimate.mu, 4)
    ('PET', 0.1209)
    """
    if pool.k < LEAST:
        return too_few("PET-PEESE", pool.k, LEAST)
    w = 1.0 / pool.vi
    pet, peese = fitted_line(pool.yi, np.sqrt(pool.vi), w), fitted_line(pool.yi, pool.vi, w)
    if pet is None or peese is None:
        return FLAT
    first, second = _intercept(pet, pool.level, "PET"), _intercept(peese, pool.level, "PEESE")
    return PetPeese(
        k=pool.k,
        pet=pet,
        peese=peese,
        pet_estimate=first,
        peese_estimate=second,
        chosen="PEESE" if first.p < alpha else "PET",
        measure=pool.measure,
    )


def unrestricted_mean(pool: Pool) -> UnrestrictedMean | NotDefined:
    """The common-effect mean with its variance multiplied by Q / (k - 1), on t with k - 1 df (UWLS).

    Returns
    -------
    UnrestrictedMean; NotDefined for one study, or where effects do not vary

    References
    ----------
    Stanley TD, Doucouliagos H. Stat Med 2015;34:2116-27.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = unrestricted_mean(pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04]))
    >>> round(found.estimate.mu, 4), round(found.estimate.se, 4)
    (0.4391, 0.1827)
    """
    if pool.k < 2:
        return too_few("the unrestricted weighted least-squares mean", pool.k, 2)
    mean, df = weighted_mean(pool.yi, pool.vi), pool.k - 1
    dispersion = float(mean.q) / df
    if dispersion == 0.0:
        return NotDefined("the effects are equal, so there is no dispersion to estimate")
    mu, se = float(mean.mu), float(mean.se) * dispersion**0.5
    half = float(critical_t(df, pool.level)) * se
    ci = Interval(mu - half, mu + half, pool.level, "UWLS")
    estimate = Estimate(mu, se, ci, mu / se, float(df), 2.0 * t_sf(abs(mu / se), df), "UWLS")
    return UnrestrictedMean(pool.k, estimate, dispersion, pool.measure)
