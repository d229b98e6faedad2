"""Results made from known truths and printed as journals print them, with p right or wrong, get the verdict.

The truth is scipy's, not ours. A wrong p lies on the other side of .05 and far from it, so that no other test
and no other interval can have it; a right one is printed in any of the usual ways.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp, sqrt

import pytest
from scipy import stats

from evidence.auditing_text import audit_text

SEEDS = range(6)
EACH = 200
LEAST = 0.98  # of the verdicts; 0.999 of 4500 agreed when this was written

MINUS = ("-", "−", "–")
STATISTICS = {
    "t": (
        "t({df}) = {s}, p {p}",
        "t({df})={s},p{p}",
        "(t = {s}, df = {df}, P {p})",
        "t[{df}] = {s}; P {p}",
        "t{df} = {s}, P {p}",
        "t<sub>{df}</sub> = {s}, <i>p</i> {p}",
        "t = {s} with {df} degrees of freedom (P {p})",
        "P {p}, t({df}) = {s}",
        "P {p} (t({df}) = {s})",
        "Student's t test: t({df}) = {s}, two-tailed p {p}",
        "t value: {s}, df: {df}, p value: {bare}",
        "t statistic = {s}, {df} d.f., P-value {p}",
        "\\(t_{{{df}}} = {s}\\), p {p}",
        "t(df = {df}) = {s}; P {p}",
    ),
    "F": (
        "F({df1}, {df}) = {s}, p {p}",
        "F({df1},{df})={s};P{p}",
        "F[{df1}, {df}] = {s}, P {p}, η² = .08",
        "F{df1},{df} = {s}, P {p}",
        "F_{{{df1},{df}}} = {s}, p {p}",
        "(ANOVA: F({df1}, {df}) = {s}, MSE = 1.20, p {p})",
        "P {p}; (P {p}, F({df1}, {df}) = {s})",
    ),
    "chi2": (
        "χ2({df1}) = {s}, p {p}",
        "χ²({df1}, N = 160) = {s}, p {p}",
        "χ2 = {s}, df = {df1}, P {p}",
        "χ2={s}，df={df1}，P{p}",
        "chi-square({df1}) = {s}, P {p}",
        "chi-squared = {s} (df {df1}), p {p}",
        "X2({df1}) = {s}, p {p}",
        "Pearson χ²={s}; df={df1}; P{p}",
        "χ<sup>2</sup>({df1}) = {s}, P {p}",
        "$\\chi^2({df1}) = {s}$, $p {p}$",
        "&chi;&sup2;({df1}) = {s}, p {p}",
        "𝜒2({df1}) = {s}, 𝑝 {p}",
        "Wald χ² = {s}, {df1} df, P {p}",
        "P {p}, χ²({df1}) = {s}",
        "log-rank χ2 = {s}, df = {df1}, P {p}",
    ),
    "z": (
        "z = {s}, p {p}",
        "Z={s},P{p}",
        "(Z = {s}; P {p})",
        "z-score = {s}, P {p}",
        "Mann–Whitney U test, Z = {s}, P {p}",
        "P {p}, z = {s}",
    ),
    "r": (
        "r({df}) = {s}, p {p}",
        "r = {s}, n = {n}, P {p}",
        "(r = {s}; N = {n}; P {p})",
        "Pearson's r({df}) = {s}, p {p}",
    ),
}
EFFECTS = (
    "{m} {e} (95% CI {l}-{h}; p {p})",
    "{m}, {e}; 95% CI, {l} to {h}; P {p}",
    "{m} {e} [95% CI {l}–{h}], p{p}",
    "{m}={e}, 95%CI: {l}~{h}, P{p}",
    "{m} = {e}; CI95% = [{l}; {h}]; P {p}",
    "{m}: {e} ({l}, {h}), p {p}",
    "{m} of {e} (95% confidence interval, {l} to {h}), P {p}",
    "{m} (95% CI): {e} ({l} - {h}), P {p}",
    "P {p}, {m} {e} (95% CI {l}-{h})",
)
RATIOS = ("HR", "OR", "RR", "aHR", "aOR", "IRR", "hazard ratio", "odds ratio", "Adjusted hazard ratio [aHR]")
SHARES = (
    "{k}/{n} ({q}%)",
    "{q}% ({k}/{n})",
    "{k} of {n} patients ({q}%)",
    "{k} ({q}%) of {n}",
    "({k}/{n}; {q}%)",
    "{q} percent ({k} of {n})",
    "so. Of {n} patients, {k} ({q}%) responded",
    "{k} of the {n} women in the control group ({q}%)",
    "{q}% (n = {k}/{n})",
    "{k}/{n}, {q}%",
)


@dataclass(frozen=True)
class Printed:
    """A result as printed, and whether its numbers belong together."""

    text: str
    right: bool


def _p(rng: random.Random, p: float) -> tuple[str, str]:
    """A p as printed with its relation, and as the bare number."""
    if p < 0.0005:
        return rng.choice((("< 0.001", "<0.001"), ("<.001", "<.001"), ("= .000", "0.000")))
    decimals = rng.choice((2, 3)) if p >= 0.1 else 3
    text = f"{p:.{decimals}f}"
    short = rng.choice((text, text.lstrip("0"), text))
    side = "< 0.05" if p < 0.045 else "> 0.05"
    return rng.choice(((f"= {short}", short), (f"={short}", short), (side, f"{side}"), (f"= {text}", text)))


def _wrong(rng: random.Random, p: float) -> tuple[str, str]:
    """A p that nobody would get: on the other side of .05 and far from it."""
    wrong = rng.uniform(0.2, 0.9) if p < 0.05 else rng.uniform(0.002, 0.02)
    return _p(rng, wrong)


def results(count: int, seed: int) -> Iterator[Printed]:
    """So many results, half of them wrong."""
    rng = random.Random(seed)
    for _ in range(count):
        right = rng.random() < 0.5
        kind = rng.choice((*STATISTICS, *STATISTICS, "ratio", "difference", "share"))
        maker = {"ratio": _ratio, "difference": _difference, "share": _share}.get(kind)
        yield Printed(maker(rng, right) if maker else _statistic(rng, kind, right), right)


def _statistic(rng: random.Random, kind: str, right: bool) -> str:
    df, df1 = rng.randint(8, 180), rng.randint(1, 5)
    target = rng.choice((rng.uniform(0.0001, 0.04), rng.uniform(0.07, 0.9)))
    value = {
        "t": lambda: stats.t.isf(target / 2, df),
        "F": lambda: stats.f.isf(target, df1, df),
        "chi2": lambda: stats.chi2.isf(target, df1),
        "z": lambda: stats.norm.isf(target / 2),
        "r": lambda: (lambda t: t / sqrt(df + t * t))(stats.t.isf(target / 2, df)),
    }[kind]()
    sign = rng.choice(("", "", *MINUS[:2])) if kind in "tzr" else ""
    shown = f"{sign}{value:.{rng.choice((2, 3))}f}"
    if kind == "r":
        shown = shown.replace("0.", rng.choice((".", "0.")), 1)
    p, bare = _p(rng, target) if right else _wrong(rng, target)
    return rng.choice(STATISTICS[kind]).format(s=shown, df=df, df1=df1, n=df + 2, p=p, bare=bare)


def _ratio(rng: random.Random, right: bool) -> str:
    return _effect(rng, right, rng.choice(RATIOS), exp, rng.gauss(0, 0.6), rng.uniform(0.08, 0.5))


def _difference(rng: random.Random, right: bool) -> str:
    names = ("MD", "SMD", "mean difference", "WMD", "risk difference")
    return _effect(rng, right, rng.choice(names), float, rng.gauss(0, 3), rng.uniform(0.2, 1.5))


def _effect(
    rng: random.Random, right: bool, name: str, shown: Callable[[float], float], middle: float, error: float
) -> str:
    p = 2 * stats.norm.sf(abs(middle) / error)
    while 0.02 < p < 0.15:  # near .05 another test may decide otherwise
        middle *= 1.5
        p = 2 * stats.norm.sf(abs(middle) / error)
    e, low, high = (f"{shown(middle + k * 1.959964 * error):.2f}" for k in (0, -1, 1))
    if shown is exp and float(low) < 0.05:
        return _effect(rng, right, name, shown, abs(middle), error)
    p_text, _ = _p(rng, p) if right else _wrong(rng, p)
    form = rng.choice(EFFECTS if shown is exp else [f for f in EFFECTS if "95" in f and "{l}-" not in f])
    return form.format(m=name, e=e, l=low, h=high, p=p_text)


def _share(rng: random.Random, right: bool) -> str:
    n = rng.randint(21, 90)
    k = rng.randint(1, n - 1)
    percent = 100 * k / n if right else 100 * k / n + rng.choice((-1, 1)) * rng.uniform(4, 9)
    percent = percent if 0 < percent < 100 else 100 * k / n + (5 if k < n / 2 else -5)
    return rng.choice(SHARES).format(k=k, n=n, q=f"{percent:.1f}")


@pytest.mark.parametrize("seed", SEEDS)
def test_verdicts_are_those_of_the_truth(seed: int) -> None:
    missed = []
    for printed in results(EACH, seed):
        found = audit_text(f"It was so ({printed.text}) in all.")
        if bool(found.at_least("warning")) == printed.right:
            missed.append(printed.text)
            assert not printed.right, f"{printed.text}: {[f.message for f in found.at_least('warning')]}"
    assert len(missed) <= (1 - LEAST) * EACH, missed
