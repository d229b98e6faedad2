"""What is recognised, what is not, and what each claim holds."""

import json
from pathlib import Path

import pytest

from evidence.claims import BareTest, EffectClaim, Share, Summary
from evidence.extraction.extracted import Extracted
from evidence.extraction.recognising import extract

MEDICAL = json.loads(
    (Path(__file__).parents[2] / "oracles/audit/statcheck_medical_style.json").read_text(encoding="utf-8")
)["cases"]


def said(found: Extracted) -> str:
    """A claim in one line: what it is, then its numbers in reading order."""
    claim = found.claim
    kind = {Share: "share", Summary: "mean"}.get(type(claim), "")
    if isinstance(claim, BareTest):
        kind = claim.test.letter or "p"
    elif isinstance(claim, EffectClaim):
        kind = claim.measure
    return " ".join([kind, *(position.number.text for position in found.positions)])


MEDICAL_STYLE = {
    "01": "chi2 5.794 <0.05",
    "02": "t 1.661 <0.05",
    "03": "t 37.827 <0.01",
    "04": "chi2 7.301 0.007",
    "05": "chi2 5.551 0.018",
    "06": "t 3.165 0.003",
    "07": "chi2 1 5.794 <0.05",
    "08": "t 158 1.661 < 0.05",
    "09": "f 4.72 < 0.001",
    "10": "z -2.799 0.005",
    "11": "HR 0.53 0.30 0.95 0.029",
    "12": "RR 1.50 1.29 1.76 <0.00001",
    "13": "p <0.05",
    "14": "chi2 6939.7 <0.01",
    "15": "chi2 4.320 .038",
    "16": "t 158 1.661 .099",
    "17": "f 2 49 3.2 .049",
    "18": "t 58 2.05 .045",
    "19": "rho 0.45 <0.01",
    "20": "u 120 .03",
    "21": "h 13.538 <0.005",
    "22": "chi2 0.748 >0.05",
    "23": "t 58 2.05 .045",
    "24": "p 5.2",
    "25": "p -.22",
    "26": "t 198 -2.22 -.22",
    "27": "OR 2.1 1.2 3.7",
    "28": "chi2 9.804 1 .002",
    "29": "t 58 2.05 0.045",
    "30": "f 1 28 4.2 .05",
}


def test_every_medical_text_is_compared() -> None:
    assert [case["id"][-2:] for case in MEDICAL] == list(MEDICAL_STYLE)
    assert sum(case["statcheck_rows"] for case in MEDICAL) == 1


@pytest.mark.parametrize("case", MEDICAL, ids=lambda case: case["text"])
def test_medical_style_is_recognised(case: dict) -> None:
    assert [said(found) for found in extract(case["text"])] == [MEDICAL_STYLE[case["id"][-2:]]]


RECOGNISED = {
    # APA, and what journals make of it
    "χ²(1, N = 160) = 5.79, p = .016": ["chi2 1 160 5.79 .016"],
    "χ2(1, N=1,160) = 5.79, p = .016": ["chi2 1 1,160 5.79 .016"],
    "𝜒2(1) = 5.79, 𝑝 = .016": ["chi2 1 5.79 .016"],
    "Χ²＝5.794，Ｐ＜０．０５": ["chi2 5.794 <0.05"],
    "chi-square = 5.79, P = .016": ["chi2 5.79 .016"],
    "Chi-squared(1) = 5.79, p = .016": ["chi2 1 5.79 .016"],
    "χ21 = 5.79, P = 0.016": ["chi2 1 5.79 0.016"],
    "χ² = 5.79 with 1 degree of freedom (P = 0.016)": ["chi2 5.79 1 0.016"],
    "t(58)=2.31, ns": ["t 58 2.31 ns"],
    "t(58)=2.31, n.s.": ["t 58 2.31 n.s."],
    "t(58) = −2.31, p = .024": ["t 58 −2.31 .024"],
    "t(58) = 2.31, d = 0.60, 95% CI [0.08, 1.12], p = .024": ["t 58 2.31 .024"],
    "t₁₅₈ = 1.661, p = .099": ["t 158 1.661 .099"],
    "F₂,₄₅ = 3.20, P = .05": ["f 2 45 3.20 .05"],
    "χ²₁ = 5.79, P = .016": ["chi2 1 5.79 .016"],
    "t<sub>58</sub> = 2.31, p = .024": ["t 58 2.31 .024"],
    "t_58 = 2.31, p = .024": ["t 58 2.31 .024"],
    "F(2,156)=4.20, p<.05": ["f 2 156 4.20 <.05"],
    "F(1,100) = 1,234.56, p < .001": ["f 1 100 1,234.56 < .001"],
    "F(1.5, 40.2) = 3.9, p = .04": ["f 1.5 40.2 3.9 .04"],
    "F2,45 = 3.20, P = .05": ["f 2 45 3.20 .05"],
    "F(1, 28) = 4.20, MSE = 1.20, p = .05": ["f 1 28 4.20 .05"],
    "r(30) = .45, p = .010": ["rho 30 .45 .010"],
    "rho(30) = .45, p = .01": ["rho 30 .45 .01"],
    "r = .45, n = 30, p = .012": ["rho .45 30 .012"],
    "Cochran's Q = 85.76, df = 29, p = .001": ["q 85.76 29 .001"],
    "Qb(21) = 20.53, p < .05": ["q 21 20.53 < .05"],
    "Kruskal-Wallis H = 13.538, P = 0.001": ["h 13.538 0.001"],
    "U = 120, Z = -2.10, p = .036": ["u 120", "z -2.10 .036"],
    "χ<sup>2</sup>(1) = 5.79, <i>P</i> &lt; .05": ["chi2 1 5.79 < .05"],
    # lists
    "(χ2=0.748,0.001,both P>0.05)": ["chi2 0.748 >0.05", "chi2 0.001 >0.05"],
    "(t=37.827,50.445,t=37.186,45.647,all P<0.05)": [
        *("t 37.827 <0.05", "t 50.445 <0.05", "t 37.186 <0.05", "t 45.647 <0.05"),
    ],
    "χ2=5.551,7.301, P=0.018,0.007": ["chi2 5.551 0.018", "chi2 7.301 0.007"],
    "两组比较t=1.616，χ2＝5.794，均P＜0.05": ["t 1.616 <0.05", "chi2 5.794 <0.05"],
    # p
    "P = .000": ["p .000"],
    "P<0·0001": ["p <0·0001"],
    "p = 2.3 × 10⁻⁵": ["p 2.3 × 10^-5"],
    "p = <0.001": ["p <0.001"],
    "P for trend = 0.02": ["p 0.02"],
    "P-value: 0.03": ["p 0.03"],
    # effects
    "HR 0.59, 95% CI 0.45-0.76; p<0.0001": ["HR 0.59 0.45 0.76 <0.0001"],
    "hazard ratio, 0·59; 95% confidence interval, 0·45–0·76; P<0·0001": ["HR 0·59 0·45 0·76 <0·0001"],
    "hazard ratio [HR] 0.59 [95% CI 0.45 to 0.76]; p<0.0001": ["HR 0.59 0.45 0.76 <0.0001"],
    "hazard ratio for progression or death, 0.59; 95% CI, 0.45 to 0.76": ["HR 0.59 0.45 0.76"],
    "(OR: 2.1; 95% CI: 1.2-3.7; log-rank P = 0.01)": ["OR 2.1 1.2 3.7 0.01"],
    "aOR=2.1, 95% CI=1.2–3.7, p=.01": ["OR 2.1 1.2 3.7 .01"],
    "RR 1.50 (1.29-1.76), P<0.00001": ["RR 1.50 1.29 1.76 <0.00001"],
    "MD −1.20 (95% CI −2.10, −0.30; P = 0.009)": ["MD −1.20 −2.10 −0.30 0.009"],
    "MD -1.20 (95% CI -2.10–-0.30)": ["MD -1.20 -2.10 -0.30"],
    "SMD = 0.50; 95%-CI [0.20; 0.80]": ["SMD 0.50 0.20 0.80"],
    "Mean difference 2.1 mmHg (95% CI 0.4 to 3.8, P=0.016)": ["MD 2.1 0.4 3.8 0.016"],
    "HR (95% CI): 0.59 (0.45–0.76), p<0.0001": ["HR 0.59 0.45 0.76 <0.0001"],
    "OR 2.3 (1.1–4.8), P trend = 0.02": ["OR 2.3 1.1 4.8", "p 0.02"],
    "HR 0.74 [95% CI 0.59–0.93], one-sided log-rank P = .005": ["HR 0.74 0.59 0.93 .005"],
    "RD 5.2% (95% CI 1.1% to 9.3%)": ["RD 5.2 1.1 9.3"],
    # counts, means, sizes
    "89.02%(73/82)": ["share 89.02 73 82"],
    "73/82 (89.02%)": ["share 73 82 89.02"],
    "12 of 100 patients (12.0%)": ["share 12 100 12.0"],
    "73 (89.02%) of 82": ["share 73 89.02 82"],
    "1,073/2,082 (51.5%)": ["share 1,073 2,082 51.5"],
    "44.25±5.31": ["mean 44.25 5.31"],
    "2.3 ± 0.4 vs. -1.2+/-0.5": ["mean 2.3 0.4", "mean -1.2 0.5"],
    "M = 5.19, SD = 0.50": ["mean 5.19 0.50"],
    "n = 78": ["share 78"],
}


@pytest.mark.parametrize(("text", "claims"), RECOGNISED.items(), ids=RECOGNISED)
def test_it_is_recognised(text: str, claims: list[str]) -> None:
    assert [said(found) for found in extract(text)] == claims
    assert [said(found) for found in extract(f"Of all, ({text}).")] == claims


NOTHING = (
    "DOI 10.1016/j.t.2020.01.003 and doi:10.3389/fendo.2025.1587412",
    "trial NCT06362772, registered in 2019",
    "version 1.2.3 of R 4.0.3",
    "on 12/03/2020 (5%)",
    "grade 3/4 (12%) and ECOG 0/1 (95%)",
    "12/100 (95% CI 6-20)",
    "45 of 60, 30% had",
    "HR 80 (70-90) bpm",
    "RR 18 (16-20) breaths a minute",
    "t = 12 h, F = 12, M = 15",
    "Q1 = 5.1, Q3 = 9.2",
    "x2 = 3.2 and F1 = 0.85",
    "range 18.6–18.7 months",
    "R2 = 0.45",
    "P = 120 mmHg",
    "H2O, B12 and T4",
    "5 m²±2 and 10⁻⁵±2",
)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_read_into_it(text: str) -> None:
    assert extract(text) == ()


def test_a_lost_letter_is_not_invented() -> None:
    assert [said(found) for found in extract("(2(1, N = 160) = 5.79, p = .016)")] == ["share 160", "p .016"]


def test_rho_is_no_chi_square() -> None:
    (found,) = extract("ρ(58) = .31, p = .016")
    assert found.claim.test.letter == "rho"


@pytest.mark.parametrize(
    ("text", "sided"),
    [
        ("t(58) = 2.31, p = .012, one-tailed", 1),
        ("one-tailed t(58) = 2.31, p = .012", 1),
        ("t(58) = 2.31, p (one-sided) = .012", 1),
        ("t(58) = 2.31, one-sided p = .012", 1),
        ("t(58) = 2.31, p = .024 (two-sided)", 2),
        ("Tests were one-tailed. It rose. Then t(58) = 2.31, p = .012", None),
        ("t(58) = 2.31, p = .024; z = 1.7, p = .04, one-tailed", None),
    ],
)
def test_sides_count_where_they_stand_beside_the_p(text: str, sided: int | None) -> None:
    assert extract(text)[0].claim.test.sided == sided


def test_the_level_of_an_interval_is_its_own() -> None:
    (found,) = extract("HR 0.63 (60% CI 0.54-0.74; one-sided p = 0.008)")
    assert (found.claim.level, found.claim.sided, found.claim.credible) == (60, 1, False)
    (found,) = extract("odds ratio (90% CI) 0.63 (0.54-0.74)")
    assert found.claim.level == 90
    (found,) = extract("HR 0.63 (0.54-0.74)")
    assert found.claim.level is None
    (found,) = extract("OR 2.10 (95% CrI 1.20 to 3.70)")
    assert found.claim.credible


def test_a_passage_is_shown_with_its_bracket() -> None:
    (found,) = extract("It fell: t(58) = 2.05 (p = .045).")
    assert (found.text, found.start) == ("t(58) = 2.05 (p = .045)", 9)


def test_numbers_know_their_line_and_column() -> None:
    (found,) = extract("One line\nand t(58) = 2.31, p < .05", "abstract.txt")
    source = found.positions[-1].number.source
    assert (source.file, source.line, source.column, source.end_column) == ("abstract.txt", 2, 21, 26)
