"""Results as published, tried unseen: what the audit says, beside an independent recomputation."""

import re
from collections.abc import Iterator
from functools import cache
from math import log
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from evidence.auditing import audit
from evidence.auditing_text import audit_text
from evidence.loading import read_review

HERE = Path(__file__).parent
REVIEW = """\
format: 1
review: real
label: Real records
treatments: {a: {label: A}, b: {label: B}, c: {label: C}, d: {label: D}, e: {label: E}, f: {label: F}}
endpoints:
  event: {kind: binary}
  score: {kind: continuous}
"""
ARMS = "abcdef"
PRINTED = re.compile(
    r"(\d+[.·]\d+)[;,]? [\[(]?9[56](?:%| percent) (?:CI|confidence interval)(?: \[CI\])?,? "
    r"(\d+[.·]\d+)(?: to |-|–)(\d+[.·]\d+)[;,] [pP]\s?=\s?(\d?[.·]\d+)"
)


def lines(name: str, mark: str) -> list[list[str]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [[p.strip() for p in line.split(mark)] for line in text.splitlines() if line[:1] not in ("", "#")]


TEXTS, ROWS = lines("texts.txt", " => "), lines("tables.txt", " | ")


def wanted(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split("; ")


def arms_of(row: list[str]) -> list[list[str]]:
    """The cells of each arm: k and n, or mean, SD and n."""
    _, kind, *cells = row
    if kind == "means":
        return [cell.split() for cell in cells[0].split("; ")]
    return [cell.split("/") for cell in cells[kind == "effect"].split()]


def study(row: list[str]) -> str:
    """A row as a study file."""
    kind, arms = row[1], arms_of(row)
    named = list(zip(ARMS, arms, strict=False))
    sizes = ", ".join(f"{arm}: {{treatment: {arm}, n: {cell[-1]}}}" for arm, cell in named)
    keys = ("mean", "sd") if kind == "means" else ("events",)
    shown = ", ".join(
        f"{arm}: {{{', '.join(f'{key}: {x}' for key, x in zip(keys, cell, strict=False))}}}"
        for arm, cell in named
    )
    p = "" if row[4] == "-" else f', p: "{row[4]}"'
    letter = "t" if kind == "means" else "chi2"
    statistic = "" if row[3] == "-" or kind == "effect" else f"{letter}: {row[3]}"
    last = f"tests: [{{{(statistic + p).lstrip(', ')}}}]"
    if kind == "effect":
        measure, estimate, low, high = row[2].split()
        effect = f"measure: {measure}, compare: [a, b], estimate: {estimate}, ci95: [{low}, {high}]{p}"
        last = f"effects: [{{{effect}}}]"
    return (
        "format: 1\nstudy: record\nlabel: R\nsources: {paper: {kind: paper}}\n"
        f"design: {{kind: cohort}}\narms: {{{sizes}}}\noutcomes:\n"
        f"  - endpoint: {'score' if kind == 'means' else 'event'}\n    where: T\n"
        f"    results: {{{shown}}}\n    {last}\n"
    )


@cache
def found_in_row(at: int, folder: Path) -> tuple[str, ...]:
    (folder / "review.yaml").write_text(REVIEW, encoding="utf-8")
    (folder / "record.yaml").write_text(study(ROWS[at]), encoding="utf-8")
    found = audit(read_review(folder))
    return tuple(sorted({f"{f.code} {f.severity}" for f in found.at_least("warning")}))


def found_in_text(text: str) -> list[str]:
    return sorted({f"{f.code} {f.severity}" for f in audit_text(text).at_least("warning")})


@pytest.mark.parametrize("record", TEXTS, ids=lambda record: record[0])
def test_a_text_has_the_findings_it_should(record: list[str]) -> None:
    assert found_in_text(record[1]) == wanted(record[2])


@pytest.mark.parametrize("at", range(len(ROWS)), ids=lambda at: f"{ROWS[at][0]}-{at}")
def test_a_row_has_the_findings_it_should(at: int, tmp_path: Path) -> None:
    assert list(found_in_row(at, tmp_path)) == wanted(ROWS[at][5])


# --- computed again, by other means -----------------------------------------------------------------------


def ends(text: str) -> tuple[float, float]:
    decimals = len(text.partition(".")[2])
    return float(text) - 0.5 * 10**-decimals, float(text) + 0.5 * 10**-decimals


def close(z: float, text: str) -> bool:
    """Whether a |z| is that of a printed p, but for the choice of a test."""
    bare = text.lstrip("<≤")
    low, high = (0.0, float(bare)) if bare != text else ends(bare)
    most = stats.norm.isf(max(low, 1e-300) / 2)
    return bool(stats.norm.isf(high / 2) - 0.75 <= z <= most + 0.75)


def ps_of_counts(arms: list[list[str]]) -> Iterator[tuple[float, float]]:
    """Statistic and p of the usual tests of counts."""
    table = np.array([[int(k), int(n) - int(k)] for k, n in arms], float)
    table = table[:, table.sum(axis=0) > 0]
    for correction in (False, True):
        result = stats.chi2_contingency(table, correction=correction)
        yield float(result.statistic), float(result.pvalue)
    expected = stats.contingency.expected_freq(table)
    each = float(((np.abs(table - expected) - 0.5) ** 2 / expected).sum())
    yield each, float(stats.chi2.sf(each, len(arms) - 1))
    if len(arms) == 2:
        yield float("nan"), float(stats.fisher_exact(table).pvalue)


def ts_of_means(arms: list[list[str]]) -> Iterator[tuple[float, float]]:
    """Least and greatest |t| over the rounding of two means and SDs, and Student's p at the middle."""
    (m1, s1, n1), (m2, s2, n2) = arms
    ts = [
        stats.ttest_ind_from_stats(a, b, int(n1), c, d, int(n2)).statistic
        for a in ends(m1)
        for b in ends(s1)
        for c in ends(m2)
        for d in ends(s2)
    ]
    sizes = sorted(abs(t) for t in ts)
    yield (0.0 if min(ts) < 0 < max(ts) else float(sizes[0])), float(sizes[-1])


def is_sound(row: list[str]) -> bool:
    """Whether another hand would find a row sound: its statistic and its p follow from its numbers."""
    kind, arms, p = row[1], arms_of(row), row[4]
    if kind == "effect":
        _, estimate, low, high = row[2].split()
        z = log(float(estimate)) / (log(float(high) / float(low)) / (2 * stats.norm.isf(0.025)))
        return float(low) <= float(estimate) <= float(high) and (p == "-" or close(abs(z), p))
    if kind == "counts":
        found = list(ps_of_counts(arms))
        if row[3] != "-":
            return any(ends(row[3])[0] <= x <= ends(row[3])[1] for x, _ in found)
        return any(close(float(stats.norm.isf(each / 2)), p) for _, each in found)
    if len(arms) > 2:
        return True  # held against scipy's F below
    ((low_t, high_t),) = ts_of_means(arms)
    if row[3] == "-":
        return any(close(float(t), p) for t in np.linspace(low_t, high_t, 50))
    t = sorted(abs(x) for x in ends(row[3].lstrip("-")))
    df = int(arms[0][2]) + int(arms[1][2]) - 2
    ps = sorted(2 * stats.t.sf(x, df) for x in t)
    return bool(low_t <= t[1] and t[0] <= high_t and ps[0] <= ends(p)[1] and ends(p)[0] <= ps[1])


def f_of_means(arms: list[list[str]]) -> float:
    means, sds, ns = (np.array(column, float) for column in zip(*arms, strict=True))
    grand = float((ns * means).sum() / ns.sum())
    between = float((ns * (means - grand) ** 2).sum()) / (len(arms) - 1)
    within = float(((ns - 1) * sds**2).sum() / (ns.sum() - len(arms)))
    return float(stats.f.sf(between / within, len(arms) - 1, ns.sum() - len(arms)))


@pytest.mark.parametrize("row", [r for r in ROWS if r[1] == "means" and r[2].count(";") > 1])
def test_published_variance_ratios(row: list[str]) -> None:
    assert abs(f_of_means(arms_of(row)) - float(row[4])) < 0.02


def wald_agrees(estimate: str, low: str, high: str, p: str) -> bool:
    a, b, c = (float(x.replace("·", ".")) for x in (estimate, low, high))
    z = abs(log(a)) * 2 * stats.norm.isf(0.025) / log(c / b)
    return close(z, p.replace("·", "."))


def test_the_intervals_of_the_texts_agree_with_their_p() -> None:
    found = [m.groups() for record in TEXTS for m in PRINTED.finditer(record[1])]
    assert len(found) > 30
    assert all(wald_agrees(*each) for each in found)


def test_at_least_95_in_100_verdicts_agree(tmp_path: Path) -> None:
    agree = [is_sound(row) == (not found_in_row(at, tmp_path)) for at, row in enumerate(ROWS)]
    assert len(agree) + len(TEXTS) > 100
    assert sum(agree) / len(agree) >= 0.95
