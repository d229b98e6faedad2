"""Texts made to take long or to fail: extraction stays linear, and every number a verdict."""

import time

import pytest

from evidence.auditing_text import audit_text
from evidence.extraction.recognising import extract

LENGTH = 20_000
MILLISECONDS = 5000  # of processor time: usually under 500; the benchmarks try longer texts

HOSTILE = {
    "digits": "1",
    "points": "1.",
    "numbers in a list": "t=1.11,2.22,",
    "a letter that never comes to its p": "t(58)=2.31,",
    "open brackets": "χ2(",
    "df without end": "F(1,",
    "relations": "p<",
    "minus signs": "p=-",
    "powers": "p=1×10^",
    "names of effects": "HR 0.5 95% CI ",
    "percentages": "12/24 (5",
    "plus minus": "1±",
    "words": "hazard ratio for death of ",
    "one-tailed": "one-tailed p ",
    "thousands": "1,234,567,",
    "markup": "<sup>&lt;",
    "superscripts": "²⁻",
    "spaces": "p   ",
    "full width": "Ｐ＜０．０５，",
    "results": "t(58) = 2.31, p < .05; ",
    "newlines": "n = 3\n",
    "blanks": " ",
    "brackets": "(",
    "tabs": "\t",
    "strokes": "|",
    "rows of a table": "n=3\tn=4\tp\n",
    "cells": "n=3\t12 (3)\t",
    "entities": "&#60;",
    "tags": "<td ",
    "broken numbers": "=1.\n",
    "hyphens": "a-\n",
    "braces": "^{",
    "p in front": "p=.05, t(",
    "powers without end": "3×10(",
    "counts without end": "45 of 82 a b c d e f g ",
    "sentences of counts": "Of 82 patients, 45 (5%) ",
    "levels": "95% CI (",
    "rows of groups": "g\tn\tx\nA\t4\t3 (75%)\nP\t\t.4\n",
    "shares compared": "1/2 (50%) vs 1/2 (50%) in the of for the p=.5 ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_the_time_is_proportional_to_the_length(piece: str) -> None:
    text = piece * (LENGTH // len(piece))
    before = time.process_time()
    extract(text)
    assert 1000 * (time.process_time() - before) < MILLISECONDS


@pytest.mark.parametrize(
    "text",
    [
        "t(0) = 0, p = 0",
        "t(58) = 1e308, p = 1",
        "t(1e308) = 2, p = .5",
        "t(58) = 2.31, p = 1e-999",
        f"p = {'9' * 50}",
        f"p = 0.{'0' * 200}1",
        "χ2(0) = 5.79, p = .016",
        "χ2(1e9) = 5.79, p = .016",
        "χ2(1) = -5.79, p = .016",
        "F(0, 0) = 0, p = .5",
        "F(1, 1e300) = 3, p = .05",
        "r(30) = 1.45, p = .01",
        "r(0) = 1, p = .01",
        "r = .45, n = 2, p = .01",
        "z = 1e400, p = .01",
        "HR 0 (95% CI 0-0), p = 0",
        "HR -1.2 (95% CI -2.1 to -0.3), p = .01",
        "HR 0.59 (99.99999% CI 0.45-0.76)",
        "HR 0.59 (0% CI 0.45-0.76), p = .5",
        "OR 1e308 (95% CI 1e-308 to 1e308), p = .5",
        "15/12 (125%)",
        "0/0 (0%)",
        f"1/{'9' * 59} (1%)",
        f"{'9' * 61}/5 (1%)",
        "5 ± 0, -5 ± 1e308",
        "P = ns, p > 1, p < 0, P = 2",
        "t < -5, p > .05, one-tailed",
    ],
)
def test_every_number_has_a_verdict(text: str) -> None:
    for finding in audit_text(text):
        assert finding.message
