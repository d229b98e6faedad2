"""The letter of a statistic and its degrees of freedom: ``t(58)``, ``χ²(1, N = 160)``, ``t158``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.extraction.reading import CLOSING, OPENING, Prose, Read
from evidence.extraction.tokens import MARK, NUMBER, RELATION, WORD

_EITHER_CASE = {"t": "t", "z": "z", "r": "rho", "rs": "rho", "rho": "rho", "ρ": "rho"}
_EITHER_CASE |= {"tau": "tau", "τ": "tau", "wald": "wald"}
_CAPITALS = {"F": "f", "U": "u", "W": "w", "H": "h", "Q": "q", "Qb": "q", "Qw": "q", "QB": "q", "QW": "q"}
_CAPITALS |= {"QM": "q", "QE": "q", "Qm": "q", "Qe": "q", "Qbetween": "q", "Qwithin": "q"}
CHI = frozenset(("χ", "chi", "x", "chisq", "chisquare", "chisquared"))
NAMES = frozenset(_EITHER_CASE) | frozenset(name.lower() for name in _CAPITALS) | CHI
_SQUARED = frozenset(("square", "squared", "squares", "sq"))
_CALLED = frozenset(("value", "values", "statistic", "statistics", "score", "scores", "test", "ratio"))
_DF = frozenset(("df", "dof", "v", "ν", "d.f.", "d.f", "d. f."))
_TELLING = ("statistic", "statistics", "value", "score", "ratio")
MOST_IN_BRACKETS = 4


@dataclass(frozen=True, slots=True)
class Letter:
    """A statistic's letter as checks name it, the degrees of freedom and n beside it, the token behind.

    ``sure`` where nothing else is written so; ``tight`` where degrees of freedom are glued to the letter.
    """

    letter: str
    after: int
    sure: bool = False
    df: tuple[Read, ...] = ()
    n: Read | None = None
    tight: bool = False


def letter(prose: Prose, i: int) -> Letter | None:
    """The letter that begins at token i with its degrees of freedom, where a relation follows; else None."""
    if prose.glued(i) and (prose.tokens[i - 1].kind == NUMBER or prose.tokens[i - 1].text == "_"):
        return None
    found = _chi(prose, i) if prose.lower(i) in CHI else _single(prose, i)
    if found is None:
        return None
    called = prose.lower(found.after - 1) in _TELLING
    found = _degrees(prose, found)
    if found is None:
        return None
    relates = prose.tokens[found.after].kind == RELATION
    return found if relates or _told(prose, found, called) else None


def _told(prose: Prose, found: Letter, called: bool) -> bool:
    """Whether a value follows without a relation: ``χ² 5.79``, ``t statistic 2.1``, ``F value of 3.2``."""
    colon = prose.tokens[found.after].text == ":"
    read = prose.number(found.after + colon) or prose.said(found.after)
    sure = called or colon or (found.letter == "chi2" and found.sure)
    return sure and read is not None and "." in prose.document.plain[read.start : read.end]


def _single(prose: Prose, i: int) -> Letter | None:
    text = prose.tokens[i].text
    name = _CAPITALS.get(text) or _EITHER_CASE.get(text.lower())
    if name == "wald":
        return _wald(prose, i + 1)
    if name is None or (name == "z" and _of_a_distribution(prose, i)):
        return None
    j = i + 2 if name == "t" and prose.tokens[i + 1].text in ("'", "’", "′") else i + 1
    return Letter(name, _past_called(prose, j))


def _of_a_distribution(prose: Prose, i: int) -> bool:
    """Whether a z is Kolmogorov and Smirnov's, which is no normal deviate."""
    return any(prose.lower(k) in ("ks", "smirnov") for k in range(max(i - 4, 0), i))


def _wald(prose: Prose, i: int) -> Letter | None:
    """Wald's statistic by its name alone, which programs print as a chi-square on one degree of freedom."""
    i = _past_called(prose, i)
    return Letter("wald", i) if prose.tokens[i].kind == RELATION else None


def _past_called(prose: Prose, i: int) -> int:
    """Past ``-value``, ``statistic`` and the like."""
    j = i + 1 if prose.tokens[i].text == "-" else i
    return j + 1 if prose.lower(j) in _CALLED else i


def _chi(prose: Prose, i: int) -> Letter | None:
    """Chi-square in its spellings; a Latin x is one only where the 2 is glued to it."""
    name, j = prose.lower(i), i + 1
    if name.startswith("chis"):
        return Letter("chi2", _past_called(prose, j), sure=True)
    if name in ("χ", "chi") and prose.tokens[j].text == "-":
        j += 1
    if name in ("χ", "chi") and prose.lower(j) in _SQUARED:
        return Letter("chi2", _past_called(prose, j + 1), sure=True)
    if prose.tokens[j].text == "^":
        j += 1
    two = prose.tokens[j]
    if two.kind != NUMBER or not two.text.startswith("2") or (name == "x" and not prose.glued(j)):
        return None
    if two.text == "2":
        return Letter("chi2", _past_called(prose, j + 1), sure=name != "x")
    if name == "x" or not two.text.isdigit() or len(two.text) > 3:
        return None
    df = Read(two.start + 1, two.end, "=", j + 1)  # a subscript set behind the square, as text: χ21 = 5.79
    return Letter("chi2", j + 1, sure=True, df=(df,))


def _degrees(prose: Prose, found: Letter) -> Letter | None:
    i = found.after
    if prose.is_mark(i, OPENING):
        return _in_brackets(prose, found, i + 1)
    if prose.tokens[i].text == "_" and prose.glued(i):
        i += 1
    if prose.tokens[i].kind == NUMBER and prose.glued(i) and found.letter in ("t", "f", "h", "chi2"):
        hotelling = prose.tokens[i - 1].text == "T" and prose.tokens[i].text == "2"
        return None if hotelling else _glued(prose, found, i)
    return found


def _glued(prose: Prose, found: Letter, i: int) -> Letter | None:
    """``t158 =`` and ``F2,45 =``: degrees of freedom that were a subscript; ``F1 =`` is a score."""
    df = prose.number(i, signed=False)
    if df is None:
        return None
    if found.letter != "f":
        return replace(found, df=(df,), after=df.after, tight=True)
    if prose.is_mark(df.after, OPENING):  # F1(1, 20): by participants
        return _in_brackets(prose, found, df.after + 1)
    j = df.after + 2 if prose.tokens[df.after + 1].text == "_" else df.after + 1
    second = prose.number(j, signed=False) if prose.tokens[df.after].text == "," else None
    return None if second is None else replace(found, df=(df, second), after=second.after, tight=True)


def _in_brackets(prose: Prose, found: Letter, i: int) -> Letter | None:
    """Numbers in brackets: bare or named df they are degrees of freedom, named n the number of people."""
    df: list[Read] = []
    n = found.n
    for _ in range(MOST_IN_BRACKETS):
        name, i = _named(prose, i)
        read = prose.whole(i) if name == "n" else prose.number(i, signed=False)
        if read is None or name is None:
            return None
        if name == "n":
            n = read
        else:
            df.append(read)
        i = read.after
        if prose.is_mark(i, CLOSING):
            return replace(found, df=_of_letter(prose, found, df), n=n, after=i + 1)
        if not (prose.tokens[i].kind == MARK and prose.tokens[i].text in ",;"):
            return None
        i += 1
    return None


def _of_letter(prose: Prose, found: Letter, df: list[Read]) -> tuple[Read, ...]:
    """The degrees of freedom a letter can have: ``t(1, 38)`` has the second, any other pair says nothing."""
    if len(df) < 2 or found.letter == "f":
        return tuple(df)
    first = prose.document.plain[df[0].start : df[0].end]
    return (df[1],) if found.letter == "t" and first == "1" and len(df) == 2 else ()


def _named(prose: Prose, i: int) -> tuple[str | None, int]:
    """The name before a number in brackets (``df`` where there is none) and the token of the number."""
    word = prose.lower(i)
    if prose.tokens[i].kind != WORD:
        return "df", i
    if word in _DF and prose.tokens[i + 1].kind == NUMBER and prose.tokens[i + 2].kind != RELATION:
        return "df", i + 1
    j = i + 2 if word == "df" and prose.tokens[i + 1].kind == NUMBER else i + 1
    if prose.tokens[j].kind != RELATION:
        return None, i
    return ("n" if word == "n" else "df" if word in _DF else None), j + 1


def degrees_behind(prose: Prose, i: int) -> Read | None:
    """Degrees of freedom printed behind a statistic: ``df = 1``, ``with 58 degrees of freedom``."""
    if prose.lower(i) in _DF:
        return prose.number(i + 2 if prose.tokens[i + 1].text in "=:," else i + 1, signed=False)
    j = i + 1 if prose.lower(i) in ("with", "on") else i
    read = prose.number(j, signed=False)
    if read is None:
        return None
    if prose.lower(read.after) in _DF - {"v"}:
        return read._replace(after=read.after + 1)
    if prose.lower(read.after) in ("degree", "degrees") and prose.lower(read.after + 2) == "freedom":
        return read._replace(after=read.after + 3)
    return None
