"""Odd characters are made plain, and the way back to the printed ones is kept."""

import pytest

from evidence.extraction.characters import written_plainly


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("Ｐ＜０．０５", "P<0.05"),
        ("𝜒2 = 5.79, 𝑝 = .016", "χ2 = 5.79, p = .016"),
        ("χ²", "χ^2"),
        ("10⁻⁵", "10^-5"),
        ("t₁₅₈ = 2", "t_158 = 2"),
        ("10⁻⁵1 and χ²₁5", "10^-5 1 and χ^2_1 5"),
        ("0·45–0·76", "0.45-0.76"),
        ("μg·L−1", "μg·L-1"),
        ("p\u2009=\u2009.03\u00a0", "p = .03 "),
        ("0\u200b.05", "0.05"),
        ("P ⩽ 0.05，（t）；［n］", "P ≤ 0.05,(t);[n]"),
        ("½ and ① stay", "½ and ① stay"),
        ("χ<sup>2</sup>, <i>P</i> &lt; .05", "χ^2 , P < .05"),
        ("5 < 6 & <7>", "5 < 6 & <7>"),
        ("p &#60; .05, 5 &#177; 2, R&D; &unknown;", "p < .05, 5 ± 2, R&D; &unknown;"),
        ("3&middot;2&times;10<sup>&minus;5</sup>", "3.2×10^-5"),
        ("3.2·10−5 and 3.2 * 10^-5", "3.2×10-5 and 3.2 × 10^-5"),
        ("$\\chi^{2}(1) = 5.79$, \\(p \\leq .05\\)", "χ^2(1) = 5.79, p ≤ .05"),
        ("1\u2009234 of 12\u00a0345, 45\u00a0kg", "1,234 of 12,345, 45 kg"),
        ("p = 0,05; t = 2,31", "p = 0.05; t = 2.31"),
        ("p = 0,05; t = 2.31", "p = 0,05; t = 2.31"),
        ("t = 2.\n31 in fig. 2.\n10 of them", "t = 2.31 in fig. 2.\n10 of them"),
        ("a confi-\ndence interval, chi-\nsquare", "a confidence interval, chi-\nsquare"),
    ],
)
def test_plain_characters_for_odd_ones(printed: str, plain: str) -> None:
    assert written_plainly(printed).plain == plain


def test_every_plain_character_knows_where_it_stands() -> None:
    document = written_plainly("a χ²＝５·７９ b")
    start = document.plain.index("5.79")
    assert document.printed(start, start + 4) == "５·７９"
    assert len(document.starts) == len(document.plain) + 1


def test_plain_text_is_left_alone() -> None:
    assert written_plainly("t(58) = 2.31").plain == "t(58) = 2.31"
