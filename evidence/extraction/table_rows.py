"""The rows of a table as claims: counts with percentages, means ± SD, and the row's test beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.claims import BareTest, Claim, MeansTest, Place, PrintedTest, Share, SharesTest, Summary
from evidence.extraction.chance import Chance, chance, not_significant
from evidence.extraction.effect import effect_claim
from evidence.extraction.extracted import Extracted, Passage, Unreadable
from evidence.extraction.limits import limits_behind, pair
from evidence.extraction.reading import CLOSING, OPENING, Prose, Read
from evidence.extraction.table import ARM, EFFECT, LIMITS, STATISTIC, TIMES, Cell, Column, Table, tables
from evidence.extraction.table import P as P_COLUMN
from evidence.extraction.tokens import RELATION
from evidence.values import Reported

Found = tuple[tuple[Extracted, ...], int]
OF_MEANS = ("t", "z", "f")


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a cell ``45 (54.9)``, ``45/82 (54.9%)`` or ``54.9% (45)``."""

    events: Read
    percent: Read
    n: Read | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """The numbers of a cell ``12.3 ± 4.5``."""

    mean: Read
    width: Read


def rows(prose: Prose) -> dict[int, Found]:
    """The claims of every row of every table: by the token where each begins, with the token behind."""
    found: dict[int, Found] = {}
    for k, table in enumerate(tables(prose)):
        head = Passage(prose, f"table-{k + 1}", table.first, table.after)
        sizes = [head.number(c.n, f"{i}/n") if c.kind == ARM else None for i, c in enumerate(table.columns)]
        claims = [head.holds(Share(head.place(), "", n), (n,)) for n in sizes if n is not None]
        found[table.first] = tuple(claims), table.after
        shares = table.shares
        for r, row in enumerate(table.rows):
            if not any(
                cell.text for cell, column in zip(row, table.columns, strict=False) if column.kind == ARM
            ):
                shares = "%" in row[0].text
            reader = _Row(prose, table, head, tuple(sizes), row, f"table-{k + 1}-{r + 1}", shares)
            try:
                read = tuple(reader.claims(table.rows[r + 1] if r + 1 < len(table.rows) else ()))
            except Unreadable:
                continue
            if read:
                found[row[0].first] = read, row[-1].after
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """One row of a table under its columns."""

    prose: Prose
    table: Table
    head: Passage
    sizes: tuple[Reported | None, ...]
    cells: tuple[Cell, ...]
    name: str
    shares: bool

    def claims(self, following: tuple[Cell, ...]) -> Iterator[Extracted]:
        """The values of the arms, and the test of the row, which is of them only if it stands alone."""
        if len(self.cells) != len(self.table.columns):
            return
        passage = Passage(self.prose, self.name, self.cells[0].first, self.cells[-1].after)
        passage.positions.update(self.head.positions)
        place = replace(passage.place(), label=self.cells[0].text or self.name)
        values = [self._value(passage, place, i) for i, c in enumerate(self.table.columns) if c.kind == ARM]
        known = [value for value in values if value is not None]
        for value in known:
            yield passage.holds(value, _numbers(value))
        yield from _effects(self.prose, self.table, self.cells, self.name)
        test = self._test(passage, place, known)
        if test is not None:
            whole = len(known) == len(values) == 2 and not self._goes_on(following)
            claim = _tested(test, known) if whole and not self._in_time() else BareTest(_bare(test))
            of_values = () if isinstance(claim, BareTest) else tuple(n for v in known for n in _numbers(v))
            yield passage.holds(claim, dict.fromkeys((*of_values, test.statistic, test.p)))

    def _value(self, passage: Passage, place: Place, i: int) -> Share | Summary | None:
        cell, column = self.cells[i], self.table.columns[i]
        spread = _spread(self.prose, cell)
        if spread is not None:
            mean, width = (
                passage.number(r, f"{i}/{f}") for r, f in ((spread.mean, "mean"), (spread.width, "plusminus"))
            )
            return Summary(place, column.heading, None, self.sizes[i], mean=mean, plusminus=width)
        counted = _counted(self.prose, cell) if self._in_percent(i) else None
        if counted is None:
            return None
        events, percent = (
            passage.number(counted.events, f"{i}/events"),
            passage.number(counted.percent, f"{i}/percent"),
        )
        n = passage.number(counted.n, f"{i}/n") if counted.n is not None else self.sizes[i]
        return Share(place, column.heading, n, events, percent)

    def _in_percent(self, i: int) -> bool:
        """Whether a number in brackets is a percentage, as the cell, the row or a heading says."""
        columns = self.table.columns
        return self.shares or any(
            "%" in text
            for text in (self.cells[i].text, self.cells[0].text, columns[i].heading, columns[0].heading)
        )

    def _of_kind(self, kind: str) -> tuple[Column, Cell] | None:
        pairs = zip(self.table.columns, self.cells, strict=True)
        found = [(column, cell) for column, cell in pairs if column.kind == kind]
        return found[0] if len(found) == 1 and found[0][1].text else None

    def _test(self, passage: Passage, place: Place, known: list[Share | Summary]) -> PrintedTest | None:
        if any(column.kind == EFFECT for column in self.table.columns):
            return None
        beside, chances = self._of_kind(STATISTIC), self._of_kind(P_COLUMN)
        p = passage.number(_p(self.prose, chances[1]), "p") if chances is not None else None
        statistic = passage.number(_alone(self.prose, beside[1]), "statistic") if beside is not None else None
        letter = _letter(beside[0].letters, known) if beside is not None else None
        if p is None and (statistic is None or letter is None):
            return None
        arms = tuple(value.arm for value in known)
        sizes = tuple(value.n for value in known)
        if letter is None:
            statistic = None
        return PrintedTest(place, place.address, "", letter, statistic, (), p, arms=arms, sizes=sizes)

    def _goes_on(self, following: tuple[Cell, ...]) -> bool:
        """Whether the row below belongs to the same test: it has values, and neither statistic nor p."""
        if not following:
            return False
        if len(following) != len(self.table.columns):
            return True
        pairs = list(zip(self.table.columns, following, strict=True))
        tested = any(c.kind in (STATISTIC, P_COLUMN) and cell.text.strip("-–—") for c, cell in pairs)
        return not tested and any(c.kind == ARM and cell.text for c, cell in pairs)

    def _in_time(self) -> bool:
        """Whether the columns are times of one group, whose tests are paired."""
        return any(c.kind == ARM and TIMES.search(c.heading) for c in self.table.columns)


def _numbers(value: Share | Summary) -> tuple[Reported, ...]:
    """The numbers of a cell, and the n of its arm."""
    found = (
        (value.n, value.events, value.percent)
        if isinstance(value, Share)
        else (value.n, value.mean, value.plusminus)
    )
    return tuple(number for number in found if isinstance(number, Reported))


def _effects(prose: Prose, table: Table, cells: tuple[Cell, ...], name: str) -> Iterator[Extracted]:
    """The effects of a row, each with the p of the column behind it and of no other."""
    kinds = [column.kind for column in table.columns]
    for i, column in enumerate(table.columns):
        estimate = prose.number(cells[i].first) if column.kind == EFFECT and cells[i].text else None
        if estimate is None:
            continue
        apart = i + 1 < len(kinds) and kinds[i + 1] == LIMITS
        limits = pair(prose, cells[i + 1].first) if apart else limits_behind(prose, estimate.after)
        called = table.columns[i + 1].interval if apart else column.interval
        if limits is None or called is None:
            continue
        limits = replace(limits, level=called.level, named=True, credible=called.credible)
        k = i + 2 if apart else i + 1
        read = _p(prose, cells[k]) if k < len(kinds) and kinds[k] == P_COLUMN and cells[k].text else None
        p = Chance(cells[k].first, read, None, read.after) if read is not None else None
        passage = Passage(prose, f"{name}-{i}", cells[i].first, cells[k if p else k - 1].after)
        yield effect_claim(passage, column.measure, estimate, limits, p)


def _tested(test: PrintedTest, known: list[Share | Summary]) -> Claim:
    """The test of two columns of values where it can be one of them, else the test by itself."""
    shares = tuple((value,) for value in known if isinstance(value, Share))
    means = tuple(value for value in known if isinstance(value, Summary))
    if len(shares) == 2 and (test.letter == "chi2" or (test.statistic is None and _exact(test.p))):
        return SharesTest(test, shares)
    if len(means) == 2 and (test.letter in OF_MEANS if test.statistic is not None else _exact(test.p)):
        return MeansTest(test, means)
    return BareTest(_bare(test))


def _exact(p: Reported | None) -> bool:
    return p is not None and p.relation == "=" and p.is_number


def _bare(test: PrintedTest) -> PrintedTest:
    """A test without its arms, where it need not be of them."""
    return replace(test, arms=(), sizes=())


def _letter(letters: tuple[str, ...], known: list[Share | Summary]) -> str | None:
    """The letter of a row's statistic: the column's, or of several the one for such values."""
    if len(letters) == 1:
        return letters[0]
    if known and all(isinstance(value, Share) for value in known) and "chi2" in letters:
        return "chi2"
    if known and all(isinstance(value, Summary) for value in known):
        return next((letter for letter in letters if letter in OF_MEANS), None)
    return None


def _alone(prose: Prose, cell: Cell) -> Read | None:
    """The number that is all of a cell, marks of footnotes behind it aside."""
    read = prose.number(cell.first)
    return read if read is not None and _is_end(prose, cell, read.after) else None


def _is_end(prose: Prose, cell: Cell, i: int) -> bool:
    return i >= cell.after or all(prose.tokens[k].text in "*†‡§^#" for k in range(i, cell.after))


def _p(prose: Prose, cell: Cell) -> Read | None:
    i = cell.first
    named = chance(prose, i) or not_significant(prose, i)
    if named is not None:
        return named.read
    read = prose.related(i) if prose.tokens[i].kind == RELATION else prose.number(i, signed=False)
    return read if read is not None and _is_end(prose, cell, read.after) else None


def _spread(prose: Prose, cell: Cell) -> Spread | None:
    mean = prose.number(cell.first)
    if mean is None or prose.tokens[mean.after].text != "±":
        return None
    width = prose.number(mean.after + 1, signed=False)
    return Spread(mean, width) if width is not None and _is_end(prose, cell, width.after) else None


def _counted(prose: Prose, cell: Cell) -> Counted | None:
    first = prose.whole(cell.first)
    n = None
    events = first
    if first is not None and prose.tokens[first.after].text == "/":
        n = prose.whole(first.after + 1)
        first = n
    if first is None or events is None:
        return _percent_first(prose, cell)
    i = first.after
    if prose.tokens[i].text == "%" or not prose.is_mark(i, OPENING):
        return _percent_first(prose, cell)
    percent = prose.number(i + 1, signed=False)
    if percent is None:
        return None
    end = prose.skip(percent.after, frozenset("%"), 1)
    closed = prose.is_mark(end, CLOSING) and _is_end(prose, cell, end + 1)
    return Counted(events, percent, n) if closed else None


def _percent_first(prose: Prose, cell: Cell) -> Counted | None:
    percent = prose.number(cell.first, signed=False)
    if percent is None or prose.tokens[percent.after].text != "%":
        return None
    if not prose.is_mark(percent.after + 1, OPENING):
        return None
    events = prose.whole(percent.after + 2)
    closed = (
        events is not None and prose.is_mark(events.after, CLOSING) and _is_end(prose, cell, events.after + 1)
    )
    return Counted(events, percent) if closed and events is not None else None
