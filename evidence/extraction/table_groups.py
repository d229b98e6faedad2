"""Tables with a group in each row and its n in a column; below them a row of statistics and one of p."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.claims import BareTest, PrintedTest, Share, Summary
from evidence.extraction.extracted import Extracted, Passage, Position, Unreadable
from evidence.extraction.reading import Prose
from evidence.extraction.table import IS_P, OTHER, SIZE, STATISTIC, TIMES, Cell, P, Table, letters_of
from evidence.extraction.table_cells import alone, chance_in, counted, spread
from evidence.extraction.tested import Value, bare, letter_of, numbers, tested
from evidence.values import Reported

Row = tuple[Cell, ...]


@dataclass(slots=True, eq=False)
class _Reader:
    """A table while its rows are read from top to bottom: the values of each column since the last test."""

    prose: Prose
    table: Table
    name: str
    values: dict[int, list[Value | None]]
    positions: dict[str, Position]

    def of_group(self, row: Row, name: str) -> Iterator[Extracted]:
        """The values of one group, whose n stands in the row."""
        size = next(cell for cell, column in zip(row, self.table.columns, strict=True) if column.kind == SIZE)
        passage = Passage(self.prose, name, row[0].first, row[-1].after)
        place = replace(passage.place(), label=row[0].text or name)
        n = passage.number(self.prose.whole(size.first) if size.text else None, "n")
        for i in self.values:
            value = self._value(passage, i, row[i], n)
            self.values[i].append(None if value is None else replace(value, place=place, arm=row[0].text))
            if value is not None:
                yield passage.holds(self.values[i][-1] or value, numbers(value))
        self.positions.update(passage.positions)
        yield from self._of_row(passage, row)

    def _of_row(self, passage: Passage, row: Row) -> Iterator[Extracted]:
        """The test at the end of a group's row, which is within the group, as before and after are."""
        kinds = [column.kind for column in self.table.columns]
        if kinds.count(STATISTIC) != 1 or kinds.count(P) != 1:
            return
        at = kinds.index(STATISTIC)
        letters = self.table.columns[at].letters
        statistic = passage.number(alone(self.prose, row[at]), "statistic") if row[at].text else None
        below = row[kinds.index(P)]
        p = passage.number(chance_in(self.prose, below), "p") if below.text else None
        if statistic is not None and p is not None and len(letters) == 1:
            place = passage.place()
            test = PrintedTest(place, place.address, "", letters[0], statistic, (), p)
            yield passage.holds(BareTest(test), (statistic, p))

    def _value(self, passage: Passage, i: int, cell: Cell, n: Reported | None) -> Value | None:
        found = spread(self.prose, cell)
        if found is not None:
            mean, width = (
                passage.number(found.mean, f"{i}/mean"),
                passage.number(found.width, f"{i}/plusminus"),
            )
            return Summary(passage.place(), "", None, n, mean=mean, plusminus=width)
        heading = self.table.columns[i].heading
        share = counted(self.prose, cell) if "%" in cell.text or "%" in heading or self.table.shares else None
        if share is None:
            return None
        events, percent = (
            passage.number(share.events, f"{i}/events"),
            passage.number(share.percent, f"{i}/percent"),
        )
        return Share(passage.place(), "", n, events, percent)

    def of_tests(self, statistics: Row | None, chances: Row | None, name: str) -> Iterator[Extracted]:
        """The tests of the columns, each of the two groups above where there are two."""
        rows = [row for row in (statistics, chances) if row is not None]
        passage = Passage(self.prose, name, rows[0][0].first, rows[-1][-1].after)
        passage.positions.update(self.positions)
        for k, (i, above) in enumerate(self.values.items()):
            at = {id(row): (i if len(row) == len(self.table.columns) else k + 1) for row in rows}
            known = [value for value in above if value is not None]
            test = self._test(passage, i, statistics, chances, at, known)
            if test is None:
                continue
            linked = len(known) == len(above) == 2 and not any(TIMES.search(value.arm) for value in known)
            claim = tested(test, known) if linked else BareTest(bare(test))
            of_values = () if isinstance(claim, BareTest) else tuple(n for v in known for n in numbers(v))
            yield passage.holds(claim, dict.fromkeys((*of_values, test.statistic, test.p)))
        for values in self.values.values():
            values.clear()

    def _test(
        self,
        passage: Passage,
        i: int,
        statistics: Row | None,
        chances: Row | None,
        at: dict[int, int],
        known: list[Value],
    ) -> PrintedTest | None:
        def cell(row: Row | None) -> Cell | None:
            return (
                row[at[id(row)]]
                if row is not None and at[id(row)] < len(row) and row[at[id(row)]].text
                else None
            )

        beside, below = cell(statistics), cell(chances)
        statistic = passage.number(alone(self.prose, beside), f"{i}/statistic") if beside else None
        p = passage.number(chance_in(self.prose, below), f"{i}/p") if below else None
        letter = letter_of(letters_of(statistics[0].text), known) if statistics is not None else None
        if p is None or (statistic is not None and letter is None):
            return None
        arms, sizes = tuple(value.arm for value in known), tuple(value.n for value in known)
        place = replace(passage.place(), label=self.table.columns[i].heading)
        address = f"{place.address}/{i}"
        return PrintedTest(place, address, "", letter, statistic, (), p, arms=arms, sizes=sizes)


def by_groups(prose: Prose, table: Table, name: str) -> Iterator[tuple[int, tuple[Extracted, ...], int]]:
    """The claims of every row: the token where it begins, the claims, and the token behind."""
    values: dict[int, list[Value | None]] = {i: [] for i, c in enumerate(table.columns) if c.kind == OTHER}
    reader = _Reader(prose, table, name, values, {})
    statistics: Row | None = None
    for r, row in enumerate(table.rows):
        called = f"{name}-{r + 1}"
        try:
            if letters_of(row[0].text):
                statistics = row
            elif IS_P.fullmatch(row[0].text):
                first = (statistics or row)[0].first
                yield first, tuple(reader.of_tests(statistics, row, called)), row[-1].after
                statistics = None
            elif len(row) == len(table.columns):
                yield row[0].first, tuple(reader.of_group(row, called)), row[-1].after
        except Unreadable:
            statistics = None
