"""How many statistics a second are recognised and held against their p; `make bench` runs these.

statcheck 1.6.0 in R takes 3 ms a result, which is 300 a second, for recognising and computing together.
"""

import time
from collections.abc import Callable

import pytest

from evidence.auditing_text import audit_text
from evidence.checks import checks_on
from evidence.claims import BareTest
from evidence.extraction.recognising import extract

STATISTIC_TO_P = 10_000  # a second, finding objects included
WHOLE_TEXTS = 3_000  # a second, from characters to findings
LENGTH = 100_000
REPEATS = 12  # small ones: the best of them is the least disturbed
BATCH = 400
HOSTILE = (
    "t=1.11,2.22,",
    "F(1,",
    "p=-",
    "HR 0.5 95% CI ",
    "1±",
    "one-tailed p ",
    "1,234,567,",
    "t(58)=2.31,",
    "²⁻",
)


def results(count: int, first: int) -> str:
    """So many results in a row, no two alike."""
    lines = []
    for i in range(first, first + count):
        value = f"{0.5 + i % 397 / 100:.2f}"
        forms = (
            f"t({20 + i % 150}) = {value}, p = .{i % 89 + 10}",
            f"F({i % 4 + 1}, {30 + i % 120}) = {value}, p < .05",
            f"χ2({i % 5 + 1}) = {value}, p > .05",
            f"z = {value}, p = .0{i % 89 + 10}",
            f"r({30 + i % 150}) = .{i % 89 + 10}, p < .001",
        )
        lines.append(forms[i % 5])
    return ";\n".join(lines)


def agreeing(count: int, first: int) -> str:
    """So many results whose numbers agree, as those of a paper do: repairs are another benchmark's."""
    lines = []
    for i in range(first, first + count):
        value = f"{0.5 + i % 97 / 100:.2f}"
        forms = (
            f"t({20 + i % 150}) = {value}, p > .05",
            f"(F({i % 4 + 1}, {30 + i % 120}) = {value}, p > .05)",
            f"χ2({i % 5 + 1}) = {value}, ns",
            f"MD {value} (95% CI {float(value) - 2:.2f} to {float(value) + 2:.2f}), p > .05",
            f"{i % 40 + 1}/{i % 60 + 41} of them",
        )
        lines.append(forms[i % 5])
    return ";\n".join(lines)


def rate(work: Callable[[int], int]) -> float:
    """The most a second, of a few runs that share nothing."""
    rates = []
    for i in range(REPEATS):
        before = time.process_time()
        done = work(i)
        rates.append(done / (time.process_time() - before))
    return max(rates)


def test_a_statistic_is_held_against_its_p() -> None:
    batches = [[found.claim for found in extract(results(BATCH, BATCH * i))] for i in range(REPEATS)]
    checks = checks_on(BareTest)

    def work(i: int) -> int:
        return sum(1 for claim in batches[i] if [f for check in checks for f in check.run(claim)])

    assert all(len(batch) == BATCH for batch in batches)
    found = rate(work)
    print(f"\nstatistic to p: {found:.0f} a second", end="")
    assert found > STATISTIC_TO_P


def test_a_text_is_audited() -> None:
    texts = [agreeing(BATCH, BATCH * i) for i in range(REPEATS)]

    def work(i: int) -> int:
        return len({f.place.address for f in audit_text(texts[i])})

    found = rate(work)
    print(f"\nfrom text to findings: {found:.0f} a second", end="")
    assert found > WHOLE_TEXTS


@pytest.mark.parametrize("piece", HOSTILE)
def test_four_times_the_length_takes_about_four_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        before = time.process_time()
        extract(text)
        return time.process_time() - before

    short, long = min(seconds(LENGTH // 4) for _ in range(3)), min(seconds(LENGTH) for _ in range(2))
    print(
        f"\n{piece!r}: {1000 * long:.0f} ms for {LENGTH // 1000} kB, {long / short:.1f} times a quarter",
        end="",
    )
    assert long < 8 * short
