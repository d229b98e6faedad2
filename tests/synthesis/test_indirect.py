"""Two treatments through a third: Bucher's comparison, against the two trials of this field."""

from math import exp, log
from pathlib import Path

import pytest

import evidence
import synthesis
from synthesis.errors import PoolingError, SynthesisError
from synthesis.planning import indirect_comparisons

Z = {95: 1.959963984540054, 99: 2.5758293035489004}


def trial(hr: float, low: float, high: float, level: int):
    se = (log(high) - log(low)) / (2 * Z[level])
    return synthesis.pool(yi=[log(hr)], vi=[se * se], measure="HR")


def select(level: int = 99):
    """SELECT prints 0.21 (99 % CI 0.14 to 0.31)."""
    return trial(0.21, 0.14, 0.31, level)


def decision():
    """DECISION prints 0.59 (95 % CI 0.45 to 0.76)."""
    return trial(0.59, 0.45, 0.76, 95)


def shown(found) -> list[float]:
    return [round(exp(one), 3) for one in (found.mu, found.ci.low, found.ci.high)]


def test_lenvatinib_against_sorafenib_through_placebo() -> None:
    assert shown(synthesis.indirect(select(), decision())) == [0.356, 0.239, 0.531]


def test_a_misread_level_widens_it() -> None:
    assert shown(synthesis.indirect(select(95), decision())) == [0.356, 0.221, 0.573]


def test_the_other_way_round_turns_the_sign() -> None:
    one, other = synthesis.indirect(select(), decision()), synthesis.indirect(decision(), select())
    assert (one.mu, one.ci.low) == (pytest.approx(-other.mu), pytest.approx(-other.ci.high))


def test_the_interval_is_of_the_level_asked_for() -> None:
    found = synthesis.indirect(select(), decision(), level=90)
    assert found.ci.level == 90
    assert found.ci.high - found.ci.low == pytest.approx(2 * 1.6448536269514722 * found.se, rel=1e-12)


def test_of_two_studies_the_common_effect_is_taken_and_that_is_said() -> None:
    two = synthesis.pool(yi=[-1.5, -1.8], vi=[0.02, 0.05], measure="HR")
    found = synthesis.indirect(two, decision())
    assert found.mu == pytest.approx(two.common.mu - decision().mu, abs=1e-15)
    assert "Of two studies their common effect is taken" in found.notes


def test_unlike_measures_do_not_meet() -> None:
    with pytest.raises(PoolingError, match="unlike measures, HR and RR"):
        synthesis.indirect(select(), synthesis.pool(yi=[0.1], vi=[0.1], measure="RR"))


REVIEW = """\
format: 1
review: made-up
treatments:
  lenvatinib: {label: Lenvatinib}
  sorafenib: {label: Sorafenib}
  placebo: {label: Placebo, reference: true}
endpoints:
  pfs: {label: PFS, kind: time-to-event, better: higher, measure: HR}
  os: {label: OS, kind: time-to-event, better: higher, measure: HR}
syntheses:
"""
STUDY = """\
format: 1
study: {0}
label: {0}
sources: {{paper: {{kind: paper}}}}
design: {{kind: randomised-trial}}
arms: {{a: {{treatment: {1}, n: 200}}, c: {{treatment: placebo, n: 200}}}}
outcomes: [{{endpoint: pfs, where: T, effects: [{{measure: HR, compare: [a, c], estimate: {2}, {3}: {4}}}]}}]
"""
VIA = "  both: {endpoint: pfs, compare: [lenvatinib, sorafenib], via: placebo}\n"
NAMED = """\
  len: {endpoint: pfs, compare: [lenvatinib, placebo]}
  sor: {endpoint: pfs, compare: [sorafenib, placebo]}
  both: {indirect: [len, sor]}
"""


def read(folder: Path, plans: str):
    (folder / "review.yaml").write_text(REVIEW + plans, encoding="utf-8")
    for line in (("select", "lenvatinib", "0.21", "ci99", "[0.14, 0.31]"),
                 ("decision", "sorafenib", "0.59", "ci95", "[0.45, 0.76]")):  # fmt: skip
        (folder / f"{line[0]}.yaml").write_text(STUDY.format(*line), encoding="utf-8")
    return evidence.read_review(folder)


@pytest.mark.parametrize("plans", [VIA, NAMED])
def test_a_plan_says_it_in_a_line_or_by_two_syntheses(tmp_path: Path, plans: str) -> None:
    (found,) = indirect_comparisons(read(tmp_path, plans))
    assert shown(found.found) == [0.356, 0.239, 0.531]
    assert found.title == "PFS: Lenvatinib against Sorafenib, indirectly through Placebo"


def test_it_is_found_by_its_name_and_by_its_endpoint(tmp_path: Path) -> None:
    review = read(tmp_path, VIA)
    assert [len(indirect_comparisons(review, only=one)) for one in ("both", "pfs", "os")] == [1, 1, 0]


def test_both_must_meet_in_one_treatment(tmp_path: Path) -> None:
    plans = NAMED.replace("[sorafenib, placebo]", "[sorafenib, lenvatinib]")
    with pytest.raises(SynthesisError, match="same second side"):
        indirect_comparisons(read(tmp_path, plans))


def test_both_must_be_of_one_endpoint(tmp_path: Path) -> None:
    plans = NAMED.replace("sor: {endpoint: pfs", "sor: {endpoint: os")
    with pytest.raises(SynthesisError, match="one endpoint by one measure"):
        indirect_comparisons(read(tmp_path, plans))


def test_a_comparison_without_an_estimate_says_which(tmp_path: Path) -> None:
    (found,) = indirect_comparisons(read(tmp_path, VIA.replace("pfs", "os")))
    assert found.found is None
    assert found.reason == "Lenvatinib against Placebo: no estimate; Sorafenib against Placebo: no estimate"


def test_an_indirect_comparison_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(SynthesisError, match="ask for it with `pool`"):
        synthesis.effects(read(tmp_path, NAMED), "both")


def test_the_common_effect_of_the_two_trials_alone(tmp_path: Path) -> None:
    review = read(tmp_path, "  a: {endpoint: pfs, compare: [any, placebo]}\n")
    table = synthesis.effects(review, "a")
    by_study = {row.study: row for row in table.rows}
    assert by_study["select"].vi ** 0.5 == pytest.approx(0.1543, abs=5e-5)
    found = synthesis.pool(table).common
    assert shown(found) == [0.379, 0.311, 0.462]
