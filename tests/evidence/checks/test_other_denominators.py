"""What else a percentage may be of: fewer people, as few as responses are judged in, or another n printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.checks.examples import share
from evidence.checks.percent_and_count import run as percent_of_count
from evidence.checks.percent_attainable import run as percent_attainable
from evidence.claims import Share
from evidence.findings import ERROR, NOTE
from evidence.values import reported


def of_endpoint(claim: Share, endpoint: str) -> Share:
    return replace(claim, place=replace(claim.place, endpoint=endpoint))


@pytest.mark.parametrize(
    ("endpoint", "severity"),
    [("objective-response", NOTE), ("partial-response", NOTE), ("fatigue", ERROR)],
)
def test_responses_are_judged_in_fewer_people(endpoint: str, severity: str) -> None:
    (finding,) = percent_attainable(of_endpoint(share("69.6", "28"), endpoint))
    assert finding.severity == severity
    assert ("it would be 16/23" in finding.details[0]) == (severity == NOTE)


def test_a_percentage_that_fits_no_fewer_stays_an_error() -> None:
    (finding,) = percent_attainable(of_endpoint(share("77.79", "78"), "objective-response"))
    assert (finding.severity, finding.details) == (ERROR, ("no denominator from 58 to 78 gives it",))


def test_another_n_of_the_arm_explains_a_percentage() -> None:
    claim = replace(share("23.1", "18"), elsewhere=(reported("13", "example/other"),))
    (finding,) = percent_attainable(claim)
    assert (finding.severity, finding.details) == (NOTE, ("it is 3/13, of another n printed for a",))


def test_another_n_of_the_arm_explains_the_percentage_of_a_count() -> None:
    claim = replace(share("23", "18", "3"), elsewhere=(reported("13", "example/other"),))
    (finding,) = percent_of_count(claim)
    assert finding.severity == NOTE
    assert finding.details[0] == "it is 3/13, of another n printed for a"
