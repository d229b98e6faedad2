"""Who is counted: the n behind a printed result."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from evidence.values import Printed, Reported

if TYPE_CHECKING:
    from evidence.entry import Entry
    from evidence.study import AnalysisSet, Study

ALL = "all"


def denominator(study: Study, entry: Entry, arm: str, own: Printed | None = None) -> Printed | None:
    """The n that a result is out of: its own, else its set's, else the arm's; None where it is not known."""
    if own is not None:
        return _known(own)
    if entry.subgroup is not None:
        return _subgroup_n(study, entry.subgroup, arm)
    chosen = study.sets.get(entry.set) if entry.set else None
    if chosen is not None:
        return _set_n(study, chosen, arm)
    return allocated(study, arm)


def allocated(study: Study, arm: str) -> Printed | None:
    """The people of an arm; of all arms together, the printed total or else the sum of theirs."""
    if arm != ALL:
        return study.arms[arm].n if arm in study.arms else None
    return study.total if study.total is not None else _sum(study)


def _known(n: Printed) -> Printed | None:
    return None if isinstance(n, Reported) and not n.is_number else n


def _set_n(study: Study, chosen: AnalysisSet, arm: str) -> Printed | None:
    if arm in chosen.n:
        return _known(chosen.n[arm])
    if arm in chosen.excluded:
        return _difference(allocated(study, arm), chosen.excluded[arm])
    return chosen.total if arm == ALL else None


def _sum(study: Study) -> Reported | None:
    """The arms together, at the place of the first; None where one of them is no plain number."""
    sizes = [arm.n for arm in study.arms.values()]
    known = [n for n in sizes if isinstance(n, Reported) and n.exact is not None and n.relation == "="]
    if not known or len(known) != len(sizes):
        return None
    whole = sum(n.exact for n in known if n.exact is not None)
    address = f"{study.study}/arms"
    return Reported(text=str(whole), exact=Fraction(whole), address=address, source=known[0].source)


def _difference(whole: Printed | None, part: Printed) -> Reported | None:
    if not (isinstance(whole, Reported) and isinstance(part, Reported)):
        return None
    if whole.exact is None or part.exact is None:
        return None
    left = whole.exact - part.exact
    return Reported(text=str(left), exact=left, address=part.address, source=part.source)


def _subgroup_n(study: Study, level: str, arm: str) -> Printed | None:
    for factor in study.subgroups.values():
        if level in factor.levels:
            return factor.levels[level].n.get(arm)
    return None
