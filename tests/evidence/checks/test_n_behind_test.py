"""The n behind a statistic is asked for only where the printed n does not give it, or cannot be meant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evidence.checks import n_behind_test
from evidence.checks.example_papers import arms
from evidence.checks.examples import means_test, paper, shares_test
from evidence.claims import Paper
from evidence.findings import NOTE, SCREEN, Finding
from evidence.reanalysis.t import pooled


def said(whole: Paper) -> list[Finding]:
    found = list(n_behind_test.run(whole))
    assert all((f.verdict, f.severity) == (SCREEN, NOTE) for f in found)
    return found


def test_shares_of_a_part_whose_test_is_that_of_the_whole() -> None:
    part = shares_test("chi2", "5.794", "<0.05", ("89.02", "82"), ("74.36", "78"))
    assert not said(replace(paper(part), sizes=arms(("164", "156"))))
    whole = shares_test("chi2", "11.587", "<0.001", ("89.02", "82"), ("74.36", "78"))
    (finding,) = said(replace(paper(whole), sizes=arms(("164", "156"))))
    assert "not that of 82 and 78 people but of all 164 and 156" in finding.message


def test_people_left_out_are_found_again() -> None:
    rng = np.random.default_rng(11)
    found = 0
    for _ in range(20):
        n1, n2 = (int(n) for n in rng.integers(50, 90, 2))
        cells = [(f"{rng.normal(mean, 0.5):.2f}", f"{rng.uniform(4, 6):.2f}") for mean in (20, 26)]
        (m1, s1), (m2, s2) = ((float(m), float(s)) for m, s in cells)
        value = pooled(m1, s1, n1 - 6, m2, s2, n2 - 5).value
        claim = means_test("t", f"{float(value):.3f}", "<0.001", (*cells[0], str(n1)), (*cells[1], str(n2)))
        found += bool(said(replace(paper(claim), sizes=arms((str(n1), str(n2))))))
    assert found >= 18


def test_a_t_of_everybody_says_nothing_where_nobody_is_known_to_be_gone() -> None:
    assert not said(n_behind_test.CHECK.consistent[0])


def test_a_loss_too_small_to_show_in_the_t_is_let_be() -> None:
    whole = n_behind_test.CHECK.inconsistent[2]
    claims = [c for c in whole.claims if isinstance(c, type(whole.claims[0]))]
    coarse = [
        replace(c, test=replace(c.test, statistic=c.test.statistic.reprinted("-9")))
        for c in claims
        if hasattr(c, "test")
    ]
    assert not said(replace(whole, claims=tuple(coarse)))
