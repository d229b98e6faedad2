"""Statistics with their p: one, a list of them, or a chain that shares ``all P<0.05``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.claims import BareTest, PrintedTest
from evidence.extraction import chance as chances
from evidence.extraction.chance import Chance
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.letter import NAMES, Letter, degrees_behind, letter
from evidence.extraction.limits import limits_behind
from evidence.extraction.reading import AROUND, Prose, Read
from evidence.extraction.tokens import RELATION, WORD
from evidence.values import Reported

_EACH = frozenset(("all", "both", "each", "均", "都", "各"))
_KINDS = frozenset(("pearson", "yates", "corrected", "uncorrected", "continuity", "mcnemar"))
_JOINING = _KINDS | {
    "and",
    "with",
    "corresponding",
    "respectively",
    "giving",
    "significant",
    "at",
    "not",
    "non",
}
_OF_PEOPLE = ("chi2", "rho")
"""Where n is the number of people; beside a t it may be pairs, or one of two groups."""
MOST_BEHIND = 6
MOST_JOINING = 4
MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Group:
    """One letter with the values printed behind it."""

    letter: Letter
    values: tuple[Read, ...]
    after: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups in a row, the p behind them, and whether it is said of all of them."""

    groups: tuple[Group, ...]
    after: int
    ps: tuple[Chance, ...] = ()
    of_all: bool = False


def statistic(prose: Prose, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """The statistics that begin at token i, with their p, and the token behind; None where none does."""
    first = _group(prose, i)
    if first is None:
        return None
    chain = _behind(prose, first)
    if not chain.ps and not any(_alone(prose, group) for group in chain.groups):
        return None
    passage = Passage(prose, name, i, chain.after)
    return tuple(_claims(prose, passage, chain)), chain.after


def behind_p(prose: Prose, p: Chance, i: int, name: str) -> tuple[tuple[Extracted, ...], int] | None:
    """One statistic that begins at token i, whose p stands in front; None where another stands behind."""
    first = _group(prose, i)
    if first is None or len(first.values) > 1:
        return None
    chain = _behind(prose, first)
    if len(chain.groups) > 1:
        return None
    if chain.ps:
        own = {token.text for token in prose.tokens[chain.groups[0].after : chain.ps[0].first]}
        following = prose.skip(chain.after, AROUND, 2)
        if not own & set(";)]") and _group(prose, following) is None:
            return None
        chain = Chain(chain.groups, chain.groups[0].after)
    whole = replace(chain, ps=(p,))
    return tuple(_claims(prose, Passage(prose, name, p.first, whole.after), whole)), whole.after


def _group(prose: Prose, i: int) -> Group | None:
    found = letter(prose, i)
    if found is None:
        return None
    value = _value(prose, found.after)
    if value is None or prose.tokens[value.after].text == "%" or prose.ranges(value):
        return None
    values, after = [value], value.after
    while len(values) < MOST_VALUES:
        more = _another(prose, after, value)
        if more is None:
            break
        values.append(more)
        after = more.after
    return Group(found, tuple(values), after)


def _value(prose: Prose, i: int) -> Read | None:
    """The value behind a letter: with its relation, behind a colon or ``of``, or alone."""
    if prose.tokens[i].text == ":":
        return prose.number(i + 1)
    return prose.related(i) or prose.said(i) or prose.number(i)


def _another(prose: Prose, i: int, first: Read) -> Read | None:
    """A further value of a list: to as many decimals as the first, so that no df or n is taken for one."""
    if prose.tokens[i].text not in (",", "and"):
        return None
    more = prose.number(i + 1)
    if more is None or prose.tokens[more.after].text == "%":
        return None
    wanted, found = _decimals(prose, first), _decimals(prose, more)
    return more if wanted == found > 0 else None


def _decimals(prose: Prose, read: Read) -> int:
    plain = prose.document.plain[read.start : read.end]
    return len(plain.partition(".")[2])


def _alone(prose: Prose, group: Group) -> bool:
    """Whether a statistic without a p is certainly one: by its letter, or by its degrees of freedom."""
    if group.letter.sure:
        return True
    in_brackets, value = bool(group.letter.df) and not group.letter.tight, group.values[0]
    return in_brackets and (_decimals(prose, value) > 0 or value.relation != "=")


def _behind(prose: Prose, first: Group) -> Chain:
    """What follows the first group: more of them, degrees of freedom, n, an effect size, and the p."""
    groups, i, of_all = [first], first.after, False
    for _ in range(MOST_BEHIND):
        i = prose.skip(i, AROUND, 3)
        for _ in range(MOST_JOINING):
            if prose.lower(i) not in _JOINING:
                break
            i += 2 if prose.tokens[i + 1].text == "-" and prose.lower(i) in _KINDS else 1
        i = prose.skip(i, AROUND, 3)
        if prose.lower(i) in _EACH:
            of_all, i = True, i + 1
        ps = _ps(prose, _past_sides(prose, i), len(groups[-1].values))
        if ps and ps[0].foreign:
            break
        if ps:
            return Chain(tuple(groups), ps[-1].after, ps, of_all)
        step = _step(prose, i, groups)
        if step is None:
            break
        i = step
    return Chain(tuple(groups), groups[-1].after)


def _past_sides(prose: Prose, i: int) -> int:
    """Past ``one-sided`` and the like before a p."""
    if prose.lower(i) not in ("one", "two", "1", "2", "log"):
        return i
    j = i + 2 if prose.tokens[i + 1].text == "-" else i + 1
    return j + 1 if prose.lower(j) in ("sided", "tailed", "rank") else i


def _step(prose: Prose, i: int, groups: list[Group]) -> int | None:
    """Past what may stand between a statistic and its p, noting what belongs to it."""
    last = groups[-1]
    df = degrees_behind(prose, i) if not last.letter.df else None
    if df is not None:
        groups[-1] = replace(last, letter=replace(last.letter, df=(df,)), after=df.after)
        return df.after
    if prose.tokens[i].kind != WORD:
        interval = limits_behind(prose, i)
        return interval.after if interval is not None and interval.named else None
    if prose.lower(i) in NAMES:
        more = _group(prose, i)
        if more is not None:
            groups.append(more)
            return more.after
    return _named_value(prose, i, groups)


def _named_value(prose: Prose, i: int, groups: list[Group]) -> int | None:
    """Past ``d = 0.50``, ``MSE = 1.2`` or ``partial η2 = .13``; ``n = 30`` is kept."""
    for j in range(i + 1, i + 4):
        if prose.tokens[j].kind == RELATION:
            read = prose.related(j)
            if read is not None and prose.lower(i) == "n" and j == i + 1:
                last = groups[-1]
                size = prose.number(j + 1, signed=False)
                groups[-1] = replace(last, letter=replace(last.letter, n=last.letter.n or size))
            return None if read is None else read.after
    return None


def _ps(prose: Prose, i: int, count: int) -> tuple[Chance, ...]:
    """The p at token i, or as many as there are values: ``P=0.018,0.007``."""
    first = chances.chance(prose, i) or chances.not_significant(prose, i)
    if first is None:
        return ()
    found = [first]
    while len(found) < count and prose.tokens[found[-1].after].text in (",", "and"):
        at = found[-1].after + 1
        read = prose.related(at) or prose.number(at, signed=False)
        if read is None or not _decimals(prose, read):
            break
        found.append(first._replace(read=read, after=read.after))
    return tuple(found) if len(found) == count else (first,)


def _claims(prose: Prose, passage: Passage, chain: Chain) -> list[Extracted]:
    place, claims = passage.place(), []
    ps = [passage.number(p.read, f"p-{k}" if k else "p") for k, p in enumerate(chain.ps)]
    sided = (chain.ps[0].sided or prose.sides(passage.first, passage.last)) if chain.ps else None
    many = sum(len(group.values) for group in chain.groups) > 1
    for g, group in enumerate(chain.groups):
        has_p = bool(ps) and (chain.of_all or g == len(chain.groups) - 1)
        df = tuple(passage.number(read, f"df-{g}-{k}") for k, read in enumerate(group.letter.df))
        n = passage.number(group.letter.n, f"n-{g}") if group.letter.letter in _OF_PEOPLE else None
        for k, read in enumerate(group.values):
            own = f"{g}-{k}/" if many else ""
            value = passage.number(read, f"{own}statistic")
            p = (ps[k] if len(ps) == len(group.values) else ps[0]) if has_p else None
            test = PrintedTest(
                place,
                f"{place.address}/{own}".rstrip("/"),
                "",
                group.letter.letter,
                value,
                tuple(each for each in df if each is not None),
                p,
                sided if has_p else None,
                sizes=(n,) if n is not None else (),
            )
            claims.append(passage.holds(BareTest(test), _numbers(test)))
    return claims


def _numbers(test: PrintedTest) -> tuple[Reported | None, ...]:
    sizes = tuple(n for n in test.sizes if isinstance(n, Reported))
    return (test.statistic, *test.df, *sizes, test.p)
