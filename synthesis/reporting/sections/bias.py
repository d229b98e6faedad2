"""Risk of bias as people judged it: a sign for every study and domain, with the words behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from synthesis.reporting.material import Material
from synthesis.reporting.pictures import slim
from synthesis.reporting.section import Section

if TYPE_CHECKING:
    from evidence.study import Bias, Study


@dataclass(frozen=True, slots=True)
class Judged:
    """One study's judgements with one tool: about what, by whom, and each with its reason."""

    study: str
    label: str
    tool: str
    about: str
    by: str
    judgements: tuple[tuple[str, str, str], ...]


def _context(material: Material) -> dict[str, Any] | None:
    found = [_judged(material, study, bias) for study in material.studies for bias in study.bias]
    if not found:
        return None
    from synthesis.figures.gallery.risk_of_bias import risk_of_bias

    tools = dict.fromkeys(one.tool for one in found)
    pictures = [slim(risk_of_bias(material.review, tool=tool).to_svg(standalone=False)) for tool in tools]
    return {
        "count": str(len({one.study for one in found})),
        "judged": found,
        "pictures": pictures,
        "anchors": material.study_anchors,
    }


def _judged(material: Material, study: Study, bias: Bias) -> Judged:
    rows = [(name.replace("-", " "), one) for name, one in bias.domains.items()]
    rows += [("overall", bias.overall)] if bias.overall is not None else []
    return Judged(
        study=study.study,
        label=study.label,
        tool=bias.tool,
        about=", ".join(material.names.endpoint(key, study) for key in bias.outcomes) or "all endpoints",
        by=", ".join(bias.by),
        judgements=tuple((name, one.judgement, one.because or "") for name, one in rows),
    )


SECTION = Section(25, "bias", "Risk of bias", "sections/bias.html", _context)
