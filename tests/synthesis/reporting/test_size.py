"""How many bytes a page takes: its shell, a review of usual size, and the real one."""

from collections.abc import Callable
from pathlib import Path

import evidence
import synthesis
from synthesis.reporting.assembly import scripts, styles


def test_the_shell_takes_at_most_thirty_thousand_bytes() -> None:
    assert len((styles() + scripts()).encode()) <= 30_000


def test_fifteen_studies_and_three_endpoints_take_at_most_three_hundred_thousand(
    grown: Callable[[Path, int, int], Path], tmp_path: Path
) -> None:
    html = synthesis.report(evidence.read_review(grown(tmp_path, 15, 3)))
    assert len(html.encode()) <= 300_000


def test_the_real_review_takes_less_than_a_megabyte_and_a_half(repository: Path) -> None:
    whole, facts = evidence.read_review(repository / "studies"), repository / "tests/studies/facts"
    listed = {path.stem for path in facts.glob("*.yaml")}  # without what a reader has added
    ours = whole.model_copy(update={"studies": tuple(s for s in whole.studies if s.study in listed)})
    html = synthesis.report(ours)
    assert len(html.encode()) <= 1_500_000
