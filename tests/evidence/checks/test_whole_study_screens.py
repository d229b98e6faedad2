"""Screens of a whole study: silent on honest papers at their stated rate, and able to see what they seek."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evidence.checks import baseline_p, terminal_digits, too_similar
from evidence.checks.example_papers import Row, trial
from evidence.checks.examples import paper, share, summary
from evidence.claims import Claim, Paper
from evidence.findings import NOTE, SCREEN, Finding
from evidence.reanalysis.baseline import table_p

PAPERS = 60
HONEST = np.random.default_rng(20261121)


def only(check: object, whole: Paper) -> Finding:
    (finding,) = check.run(whole)  # type: ignore[attr-defined]  # a module that ends in CHECK
    return finding


def rate_allowed(rate: float, papers: int = PAPERS) -> float:
    """The rate, with three standard errors of so many papers."""
    return rate + 3 * float(np.sqrt(rate * (1 - rate) / papers))


def honest_trial(rng: np.random.Generator, rows: int, arms: int = 2) -> Paper:
    sizes = [int(rng.integers(20, 150)) for _ in range(arms)]
    printed: list[Row | tuple[str, ...]] = []
    for i in range(rows):
        if i % 3 == 2:
            p = rng.uniform(0.1, 0.9)
            printed.append(tuple(str(rng.binomial(n, p)) for n in sizes))
            continue
        sd, decimals = 10 ** rng.uniform(-0.5, 2), int(rng.integers(0, 3))
        drawn = [rng.normal(3 * sd, sd, n) for n in sizes]
        printed.append(tuple((f"{x.mean():.{decimals}f}", f"{x.std(ddof=1):.{decimals}f}") for x in drawn))
    return trial(tuple(map(str, sizes)), *printed)


# --- baseline of randomised trials ------------------------------------------------------------------------


@pytest.mark.parametrize("arms", [2, 3])
def test_honest_trials_are_extreme_no_more_often_than_stated(arms: int) -> None:
    found = [only(baseline_p, honest_trial(HONEST, 7, arms)).recomputed for _ in range(PAPERS)]
    ranges = [each for each in found if each is not None]
    assert len(ranges) == PAPERS
    for level in (0.05, 0.2):
        assert np.mean([each.high < level for each in ranges]) <= rate_allowed(level)
        assert np.mean([each.low > 1 - level for each in ranges]) <= rate_allowed(level)


def test_only_randomised_arms_are_asked() -> None:
    whole = baseline_p.CHECK.inconsistent[0]
    assert only(baseline_p, whole).verdict == SCREEN
    assert not list(baseline_p.run(replace(whole, design="cohort")))


def test_a_trial_without_a_baseline_table_is_not_asked() -> None:
    assert not list(baseline_p.run(replace(paper(share("50", "40")), design="randomised-trial")))


def test_a_row_of_those_without_is_no_second_row() -> None:
    sizes = ("40", "42")
    rows: list[tuple[str, ...]] = [("10", "12"), ("30", "30")] * 4
    finding = only(baseline_p, trial(sizes, *rows))
    assert finding.verdict == "not-checkable"
    assert "one baseline row" in finding.message


def test_a_screen_is_a_note_with_its_power_and_its_caveats() -> None:
    finding = only(baseline_p, baseline_p.CHECK.inconsistent[0])
    assert (finding.verdict, finding.severity) == (SCREEN, NOTE)
    assert finding.power is not None
    assert "independent" in finding.details[-1]


def test_means_that_are_coarse_are_not_called_too_alike() -> None:
    row: Row = (("5", "3"), ("5", "3"))
    assert only(baseline_p, trial(("30", "30"), *[row] * 8)).verdict == "consistent"


@pytest.mark.parametrize("seed", range(3))
def test_counts_of_larger_tables_are_drawn_near_their_chi_square(seed: int) -> None:
    from evidence.reanalysis.r_by_c import pearson

    cells = np.random.default_rng(seed).integers(10, 40, (3, 3))
    assert table_p(cells) == pytest.approx(float(pearson(cells).p), abs=0.03)


# --- spreads ----------------------------------------------------------------------------------------------


def test_spreads_of_honest_papers_are_not_too_alike() -> None:
    found = [f for _ in range(PAPERS) for f in too_similar.run(honest_trial(HONEST, 12))]
    assert len(found) > PAPERS / 2
    assert sum(f.verdict == SCREEN for f in found) <= 1


def test_few_rows_of_spreads_say_nothing() -> None:
    assert not list(too_similar.run(honest_trial(HONEST, 4)))


def test_results_that_hardly_differ_in_row_after_row() -> None:
    messages = [f.message for f in too_similar.run(too_similar.CHECK.inconsistent[1]) if f.verdict == SCREEN]
    assert len(messages) == 1
    assert "rows of results are more alike" in messages[0]
    spreads = [f.message for f in too_similar.run(too_similar.CHECK.inconsistent[0]) if f.verdict == SCREEN]
    assert "printed the same in 6 of 6 rows" in spreads[0]


# --- last digits ------------------------------------------------------------------------------------------


def honest_paper(rng: np.random.Generator) -> Paper:
    claims: list[Claim] = []
    for i in range(60):
        n, label = int(rng.integers(20, 300)), f"row {i}"
        if i % 2:
            k = rng.binomial(n, rng.uniform(0.05, 0.9))
            claims.append(share(f"{100 * k / n:.{1 + i % 3 % 2}f}", str(n), label=label))
        else:
            sd = 10 ** rng.uniform(-1, 2)
            x = rng.normal(sd * rng.uniform(1, 10), sd, n)
            claims.append(summary(f"{x.mean():.1f}", f"{x.std(ddof=1):.2f}", str(n), label=label))
    return paper(*claims)


def test_digits_of_honest_papers_are_pointed_out_as_rarely_as_stated() -> None:
    found = [only(terminal_digits, honest_paper(HONEST)) for _ in range(40)]
    assert sum(f.verdict == SCREEN for f in found) <= 1


@pytest.mark.parametrize(
    ("k", "n", "decimals", "possible"), [(10, 20, 1, {0}), (7, 40, 1, {0, 5}), (3, 8, 1, {0, 5})]
)
def test_percentages_of_small_n_end_in_few_digits(k: int, n: int, decimals: int, possible: set[int]) -> None:
    chances = terminal_digits.of_percentages(k, n, decimals)
    assert {digit for digit, p in enumerate(chances) if p > 0} == possible
    assert sum(chances) == pytest.approx(1)


def test_small_means_of_whole_numbers_are_left_out() -> None:
    claims = [summary(f"{10 + i}.50", "0", "20", label=f"row {i}") for i in range(80)]
    assert not list(terminal_digits.run(paper(*claims)))
