"""The rows of a table as claims: counts with percentages, means ± SD, and the row's test beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.claims import BareTest, Place, PrintedTest, Share, Summary
from evidence.extraction.chance import Chance
from evidence.extraction.effect import effect_claim
from evidence.extraction.extracted import Extracted, Passage, Unreadable
from evidence.extraction.limits import limits_behind, pair
from evidence.extraction.reading import Prose
from evidence.extraction.table import (
    ARM,
    DF,
    EFFECT,
    LIMITS,
    SIZE,
    STATISTIC,
    TIMES,
    Cell,
    Column,
    Table,
    tables,
)
from evidence.extraction.table import P as P_COLUMN
from evidence.extraction.table_cells import alone, chance_in, counted, spread
from evidence.extraction.table_groups import by_groups
from evidence.extraction.tested import bare, letter_of, numbers, tested
from evidence.values import Reported

ONE_DF = ("t", "chi2", "wald")
Found = tuple[tuple[Extracted, ...], int]


def rows(prose: Prose) -> dict[int, Found]:
    """The claims of every row of every table: by the token where each begins, with the token behind."""
    found: dict[int, Found] = {}
    for k, table in enumerate(tables(prose)):
        head = Passage(prose, f"table-{k + 1}", table.first, table.after)
        sizes = [head.number(c.n, f"{i}/n") if c.kind == ARM else None for i, c in enumerate(table.columns)]
        claims = [head.holds(Share(head.place(), "", n), (n,)) for n in sizes if n is not None]
        found[table.first] = tuple(claims), table.after
        if any(column.kind == SIZE for column in table.columns):
            for first, read, after in by_groups(prose, table, f"table-{k + 1}"):
                found[first] = read, after
            continue
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
            yield passage.holds(value, numbers(value))
        yield from _effects(self.prose, self.table, self.cells, self.name)
        test = self._test(passage, place, known)
        if test is not None:
            whole = len(known) == len(values) == 2 and not self._goes_on(following)
            claim = tested(test, known) if whole and not self._in_time() else BareTest(bare(test))
            of_values = () if isinstance(claim, BareTest) else tuple(n for v in known for n in numbers(v))
            yield passage.holds(claim, dict.fromkeys((*of_values, test.statistic, *test.df, test.p)))

    def _value(self, passage: Passage, place: Place, i: int) -> Share | Summary | None:
        cell, column = self.cells[i], self.table.columns[i]
        found = spread(self.prose, cell)
        if found is not None:
            mean, width = (
                passage.number(r, f"{i}/{f}") for r, f in ((found.mean, "mean"), (found.width, "plusminus"))
            )
            return Summary(place, column.heading, None, self.sizes[i], mean=mean, plusminus=width)
        cell_of = counted(self.prose, cell) if self._in_percent(i) else None
        if cell_of is None:
            return None
        events, percent = (
            passage.number(cell_of.events, f"{i}/events"),
            passage.number(cell_of.percent, f"{i}/percent"),
        )
        n = passage.number(cell_of.n, f"{i}/n") if cell_of.n is not None else self.sizes[i]
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
        kinds = {column.kind for column in self.table.columns}
        if EFFECT in kinds and STATISTIC not in kinds:
            return None
        beside, chances = self._of_kind(STATISTIC), self._of_kind(P_COLUMN)
        p = passage.number(chance_in(self.prose, chances[1]), "p") if chances is not None else None
        statistic = passage.number(alone(self.prose, beside[1]), "statistic") if beside is not None else None
        letter = letter_of(beside[0].letters, known) if beside is not None else None
        if p is None and (statistic is None or letter is None):
            return None
        arms = tuple(value.arm for value in known)
        sizes = tuple(value.n for value in known)
        if letter is None:
            statistic = None
        of_df = self._of_kind(DF)
        df = passage.number(alone(self.prose, of_df[1]), "df") if of_df is not None else None
        dfs = (df,) if df is not None and letter in ONE_DF else ()
        return PrintedTest(place, place.address, "", letter, statistic, dfs, p, arms=arms, sizes=sizes)

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
        read = (
            chance_in(prose, cells[k]) if k < len(kinds) and kinds[k] == P_COLUMN and cells[k].text else None
        )
        p = Chance(cells[k].first, read, None, read.after) if read is not None else None
        passage = Passage(prose, f"{name}-{i}", cells[i].first, cells[k if p else k - 1].after)
        yield effect_claim(passage, column.measure, estimate, limits, p)
