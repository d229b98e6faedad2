"""The sentences under a funnel plot: what the test says, and what asymmetry may mean."""

from synthesis.diagnostics.small_study.asymmetry import Asymmetry
from synthesis.figures.numbers import fixed, p_text
from synthesis.fit import NotDefined

NOTE = (
    "Asymmetry may come from small studies that stayed unpublished, from other differences between "
    "small and large studies, from heterogeneity, or from chance; the figure does not tell which."
)


def asymmetry_line(found: Asymmetry | NotDefined) -> str:
    """The test of asymmetry in words, or why there is none."""
    if isinstance(found, NotDefined):
        return f"No test of asymmetry: {found.reason.split(' (least=')[0]}"
    name = "z" if found.df is None else "t"
    degrees = "" if found.df is None else f", df = {found.df:g}"
    clear = found.p < 0.05
    said = "a sign of asymmetry" if clear else "no clear sign of asymmetry, which does not rule it out"
    return f"{found.name}: {name} = {fixed(found.statistic, 2)}{degrees}, {p_text(found.p)}; {said}"
