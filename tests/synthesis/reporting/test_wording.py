"""What no text of ours may say: of people and their intent, of truth, of absence, of cause, of rank.

Every text is read without what it quotes: the words between quotation marks are the source's.
"""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

import evidence
import synthesis
from evidence.rules import codes, page_of
from synthesis.reporting.assembly import page
from synthesis.reporting.letters import editor_sheet, query_letter
from synthesis.reporting.material import Material, gather

NEVER = {
    "intent": r"fraud|fabricat|falsif|misconduct|manipulat|suspicious|dishonest|wrongdoing|cheat|deliberate"
    r"|on purpose|tamper|forged|doctored|cover(ed|ing)? up|made[- ]up|careless|sloppy|blame|guilt",
    "truth": r"\bthe (true|real|right|correct) (value|number|effect|percentage|mean) (is|was|must)\b",
    "absence": r"\bno (significant |relevant |clear )?difference\b|\bdoes not differ\b|\bno effect (on|of)\b"
    r"|\b(is|are|was|were) (equivalent|ineffective)\b",
    "significance": r"\bsignifican(?!t digit)",
    "cause": r"\bcauses? (?!of heterogeneity)|\bcaused by\b|\bbetter than\b"
    r"|(?<!lower )(?<!higher )\b(is|was|works?) better\b"
    r"|\bsuperior|\binferior(?!ity)|\bproves?\b|\bproven\b|\bmore effective|\bless effective",
    "rank": r"\bbest (treatment|drug|option|therapy)|\b(ranked?|ranks) (first|best)|\bthe best of\b",
    "certainty": r"\b(very low|low|moderate|high)[- ](certainty|quality) (of )?(the )?evidence",
    "heterogeneity": r"\b(low|little|no|moderate|high|substantial) heterogeneity|\bhomogeneous\b",
}
_TAGS = re.compile(r"<(q|script|style|code|pre|title)\b.*?</\1>|<[^>]+>", re.DOTALL)
_QUOTED = re.compile('“[^”]*”|"[^"\n]{1,200}"|‘[^’]*’')


def own_words(text: str) -> str:
    """The words of a text or page that are ours."""
    plain = unescape(_TAGS.sub(" ", text)) if "<html" in text else text
    return " ".join(_QUOTED.sub(" … ", plain).split())


@pytest.fixture(scope="module")
def whole(repository: Path) -> Material:
    """The whole review, gathered."""
    return gather(evidence.read_review(repository / "studies"))


@pytest.fixture(scope="module")
def texts(whole: Material, real_html: str, pooled_html: str) -> dict[str, str]:
    """Every kind of text that leaves the house, in our own words."""
    pools = [result.pool for result in whole.results.shown if result.pool is not None]
    texts = {
        "page of two studies": real_html,
        "page of five trials": pooled_html,
        "page of the whole review": page(whole),
        "editor's sheet": editor_sheet(whole),
        "letters": "\n".join(query_letter(whole, study) for study in whole.studies),
        "summaries": "\n".join(pool.summary() for pool in pools),
        "rules": "\n".join(_rule(code) for code in codes()),
        "methods": "\n".join(pool.explain() for pool in pools),
    }
    return {name: own_words(text) for name, text in texts.items()}


def _rule(code: str) -> str:
    page = page_of(code)
    assert page is not None
    return " ".join((page.title, page.what, page.why, *(text for _, text in page.more())))


@pytest.mark.parametrize("kind", list(NEVER))
def test_no_text_says_it(texts: dict[str, str], kind: str) -> None:
    wrong = re.compile(NEVER[kind], re.IGNORECASE)
    found = [
        (name, text[max(hit.start() - 60, 0) : hit.end() + 40])
        for name, text in texts.items()
        for hit in wrong.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("intent", "the numbers look fabricated"),
        ("truth", "the true value is 71.79"),
        ("absence", "P = 0.4, so there is no difference"),
        ("significance", "the effect is significant"),
        ("cause", "anlotinib is better"),
        ("rank", "the best treatment"),
        ("certainty", "moderate certainty evidence"),
        ("heterogeneity", "I² = 0 %: low heterogeneity"),
    ],
)
def test_each_would_be_found(kind: str, words: str) -> None:
    assert re.search(NEVER[kind], own_words(words), re.IGNORECASE)


def test_what_is_quoted_is_not_ours() -> None:
    assert "significant" not in own_words('against P < 0.05 and the words "significant"')


def test_certainty_is_never_made_here(whole: Material) -> None:
    said = own_words(page(whole))
    assert whole.review.certainty == {}
    assert "Certainty of the evidence is not supplied" in said


@pytest.mark.parametrize("count", [1, 2])
def test_below_three_studies_there_is_no_prediction_interval(
    made: Callable[..., str], trial: Callable[..., str], count: int
) -> None:
    html = made({f"trial-{i}": trial(i, (31 - i, 20 + i)) for i in range(1, count + 1)})
    outcomes = html.split('<section id="outcomes"', 1)[1].split("</section>", 1)[0]
    assert "prediction interval" not in own_words(f"<html>{outcomes}").lower().replace("no prediction", "")


def test_a_ratio_of_medians_is_not_called_a_hazard_ratio() -> None:
    found = synthesis.pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], measure="ROM")
    assert "hazard" not in found.summary().lower() + found.explain().lower()


def test_two_crude_cohorts_say_nothing_of_cause(real_html: str) -> None:
    said = own_words(real_html).lower()
    for words in ("because of anlotinib", "due to anlotinib", "benefit of", "effective"):
        assert words not in said
