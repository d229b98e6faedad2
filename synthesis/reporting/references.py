"""The papers behind the methods that ran; only those are cited."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper: its words and its DOI."""

    words: str
    doi: str

    @property
    def link(self) -> str:
        """The DOI as a web address."""
        return f"https://doi.org/{self.doi}"


def _paper(words: str, doi: str) -> Reference:
    return Reference(words, doi)


STATCHECK = _paper("Nuijten MB et al. Behav Res Methods 2016;48:1205–1226", "10.3758/s13428-015-0664-2")
PRISMA = _paper("Page MJ et al. The PRISMA 2020 statement. BMJ 2021;372:n71", "10.1136/bmj.n71")

TAU2 = {
    "DL": _paper(
        "DerSimonian R, Laird N. Control Clin Trials 1986;7:177–188", "10.1016/0197-2456(86)90046-2"
    ),
    "REML": _paper("Viechtbauer W. J Educ Behav Stat 2005;30:261–293", "10.3102/10769986030003261"),
    "ML": _paper("Viechtbauer W. J Educ Behav Stat 2005;30:261–293", "10.3102/10769986030003261"),
}
INTERVALS = {
    "HKSJ": _paper("Hartung J, Knapp G. Stat Med 2001;20:1771–1782", "10.1002/sim.791"),
    "HKSJ-wider": _paper("IntHout J et al. BMC Med Res Methodol 2014;14:25", "10.1186/1471-2288-14-25"),
    "HKSJ-floor": _paper("Hartung J, Knapp G. Stat Med 2001;20:1771–1782", "10.1002/sim.791"),
}
Q_PROFILE = _paper("Viechtbauer W. Stat Med 2007;26:37–52", "10.1002/sim.2514")
I2 = _paper("Higgins JPT, Thompson SG. Stat Med 2002;21:1539–1558", "10.1002/sim.1186")
PREDICTION = _paper(
    "Higgins JPT, Thompson SG, Spiegelhalter DJ. J R Stat Soc A 2009;172:137–159",
    "10.1111/j.1467-985X.2008.00552.x",
)
BUCHER = _paper("Bucher HC et al. J Clin Epidemiol 1997;50:683–691", "10.1016/S0895-4356(97)00049-8")
MEASURES = {"SMD": _paper("Hedges LV. J Educ Stat 1981;6:107–128", "10.3102/10769986006002107")}
