"""Short ways of writing the example claims that stand in check files."""

from __future__ import annotations

from fractions import Fraction

from evidence.claims import (
    BareTest,
    ChangeTest,
    Claim,
    Correlations,
    EffectClaim,
    EffectOfArms,
    MeansTest,
    Ordered,
    Paper,
    Place,
    PrintedTest,
    Share,
    SharesTest,
    StratifiedTest,
    Sum,
    Summary,
    TableTest,
    WithinTest,
)
from evidence.values import Reported, reported

Cell = tuple[str, str, str]
"""Mean, SD and n."""


def place(label: str = "endpoint", *, paired: bool = False) -> Place:
    """Where an example stands."""
    return Place("example", f"example/{label.replace(' ', '-')}", "endpoint", label, paired=paired)


def number(text: str | None, field: str, label: str = "endpoint") -> Reported | None:
    """A printed number of an example, or None; the n of an arm is the same number everywhere."""
    where = "" if field.endswith("/n") else f"{label.replace(' ', '-')}/"
    return None if text is None else reported(text, address=f"example/{where}{field}")


def printed(
    letter: str | None,
    statistic: str | None,
    p: str | None,
    *,
    n: tuple[str, ...] = (),
    claim: str | None = None,
    sided: int | None = None,
    named: str | None = None,
    within: bool = False,
    of: str = "level",
    df: tuple[str, ...] = (),
    label: str = "endpoint",
) -> PrintedTest:
    """A test as printed between arms a, b, c ... of these sizes."""
    arms = tuple("abcdefgh"[: len(n)]) if not within else ("a",)
    return PrintedTest(
        place(label),
        f"example/{label}/test",
        "a-b",
        letter,
        number(statistic, "test/statistic", label),
        tuple(reported(d, address=f"example/{label}/test/df") for d in df),
        number(p, "test/p", label),
        sided,
        named,
        claim,
        within=within,
        of=of,
        arms=arms,
        sizes=tuple(number(size, f"{arm}/n") for arm, size in zip(arms, n, strict=False)),
    )


def bare(
    letter: str | None, statistic: str | None, p: str | None, *, n: tuple[str, ...] = (), **more: object
) -> BareTest:
    """A test with nothing printed beside it."""
    return BareTest(printed(letter, statistic, p, n=n, **more))  # type: ignore[arg-type]  # passed through


def share(
    percent: str | None,
    n: str,
    events: str | None = None,
    *,
    arm: str = "a",
    survival: bool = False,
    label: str = "endpoint",
) -> Share:
    """How many of an arm."""
    return Share(
        place(label),
        arm,
        number(n, f"{arm}/n"),
        number(events, f"{arm}/events", label),
        number(percent, f"{arm}/percent", label),
        survival,
    )


def shares_test(
    letter: str | None,
    statistic: str | None,
    p: str | None,
    *shares: tuple[str, str],
    label: str = "endpoint",
    **more: object,
) -> SharesTest:
    """A test of percentages, each of its n."""
    sizes = tuple(n for _, n in shares)
    pairs = zip("abcdefgh", shares, strict=False)
    sides = tuple((share(percent, n, arm=arm, label=label),) for arm, (percent, n) in pairs)
    test = printed(letter, statistic, p, n=sizes, label=label, **more)  # type: ignore[arg-type]  # as above
    return SharesTest(test, sides)


def summary(
    mean: str,
    sd: str | None,
    n: str,
    arm: str = "a",
    time: str | None = None,
    label: str = "endpoint",
    *,
    unit: str | None = None,
    se: str | None = None,
    items: str | None = None,
    scale: tuple[str, str] | None = None,
    ends: tuple[str, str] | None = None,
) -> Summary:
    """A mean and its standard deviation; ``items`` says whole numbers, ``ends`` are those of the data."""
    where = f"{arm}@{time}" if time else arm
    least, most = ends or (None, None)
    return Summary(
        place(label),
        arm,
        time,
        number(n, f"{arm}/n"),
        unit,
        mean=number(mean, f"{where}/mean", label),
        sd=number(sd, f"{where}/sd", label),
        se=number(se, f"{where}/se", label),
        minimum=number(least, f"{where}/range.min", label),
        maximum=number(most, f"{where}/range.max", label),
        items=number(items, "items", label),
        scale=None if scale is None else (_on_scale(scale[0], "least"), _on_scale(scale[1], "greatest")),
    )


def _on_scale(text: str, end: str) -> Reported:
    return reported(text, address=f"example/endpoint/scale.{end}")


def means_test(
    letter: str | None, statistic: str | None, p: str | None, *groups: Cell, **more: object
) -> MeansTest:
    """A test of means: (mean, SD, n) of each arm."""
    sizes = tuple(n for _, _, n in groups)
    found = tuple(summary(*group, arm=arm) for arm, group in zip("abcdefgh", groups, strict=False))
    return MeansTest(printed(letter, statistic, p, n=sizes, **more), found)  # type: ignore[arg-type]  # as above


def within_test(
    letter: str | None, statistic: str | None, p: str | None, before: Cell, after: Cell, **more: object
) -> WithinTest:
    """A test of the same people before and after: (mean, SD, n) of each."""
    test = printed(letter, statistic, p, n=(before[2],), within=True, **more)  # type: ignore[arg-type]  # as above
    return WithinTest(test, summary(*before, time="before"), summary(*after, time="after"))


def change_test(
    letter: str | None, statistic: str | None, p: str | None, of: str, *cells: Cell
) -> ChangeTest:
    """A test of change: (mean, SD, n) before and after in the first arm, then in the second."""
    sizes = tuple(cell[2] for cell in cells[::2])
    test = printed(letter, statistic, p, n=sizes, of=of)
    pairs = tuple(
        (summary(*before, arm=arm, time="before"), summary(*after, arm=arm, time="after"))
        for arm, before, after in zip("abcdefgh", cells[::2], cells[1::2], strict=False)
    )
    return ChangeTest(test, pairs)


def stratified_test(
    letter: str | None, statistic: str | None, p: str | None, *strata: tuple[str, str, str, str]
) -> StratifiedTest:
    """A test over strata: events and n of the first arm, then of the second, in each."""
    pairs = tuple(
        (share(None, n1, a, arm="a", label=f"stratum {i}"), share(None, n2, c, arm="b", label=f"stratum {i}"))
        for i, (a, n1, c, n2) in enumerate(strata)
    )
    return StratifiedTest(printed(letter, statistic, p, n=("1", "1")), pairs)


def effect_of_arms(measure: str, estimate: str, first: Cell, second: Cell) -> EffectOfArms:
    """An effect beside its arms: (mean, SD, n) of each, or (percent, events, n) for effects of counts."""
    claim = effect(measure, estimate, None, None)
    if measure in ("MD", "SMD", "ROM"):
        return EffectOfArms(place(), claim, summary(*first, arm="a"), summary(*second, arm="b"))
    one, two = (
        share(percent or None, n, events or None, arm=arm)
        for arm, (percent, events, n) in (("a", first), ("b", second))
    )
    return EffectOfArms(place(), claim, one, two)


def correlations(*rows: tuple[str, ...]) -> Correlations:
    """A table of correlations: the first row has none, the second one, and so on."""
    names = tuple("abcdefgh"[: len(rows) + 1])
    cells = tuple(
        (i + 1, j, reported(text, address=f"example/correlations/{i + 1}-{j}"))
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
    )
    return Correlations(place(), names, cells)


def ordered(what: str, *texts: str) -> Ordered:
    """Numbers that should not decrease."""
    names = ("lower limit", "estimate", "upper limit") if what == "interval" else ("first", "middle", "last")
    found = [
        (name, reported(text, address=f"example/endpoint/{name}"))
        for name, text in zip(names, texts, strict=True)
    ]
    return Ordered(place(), what, tuple(found))


def summed(what: str, total: str, *parts: str) -> Sum:
    """Parts that should make a total."""
    found = tuple(reported(part, address=f"example/part-{i}") for i, part in enumerate(parts))
    return Sum(place(), what, reported(total, address="example/total"), found)


def effect(
    measure: str,
    estimate: str | None,
    low: str | None,
    high: str | None,
    *,
    p: str | None = None,
    se: str | None = None,
    level: str | None = "95",
    sided: int | None = None,
    margin: str | None = None,
) -> EffectClaim:
    """An effect of a against b with its interval."""
    return EffectClaim(
        place(),
        "example/endpoint/a-b",
        "a-b",
        ("a", "b"),
        measure,
        number(estimate, "a-b/estimate"),
        number(low, "a-b/low"),
        number(high, "a-b/high"),
        None if level is None else Fraction(level),
        se=number(se, "a-b/se"),
        p=number(p, "a-b/p"),
        sided=sided,
        margin=number(margin, "a-b/margin"),
    )


def table_test(
    letter: str | None, statistic: str | None, p: str | None, *rows: tuple[str, ...], **more: object
) -> TableTest:
    """A test of counts: a row an arm, a column a category."""
    arms = tuple("abcdefgh"[: len(rows)])
    sizes = tuple(str(sum(map(int, row))) for row in rows)
    cells = tuple(
        tuple(
            Share(place(), arm, number(n, f"{arm}/n"), number(count, f"{arm}/{i}/events"))
            for i, count in enumerate(row)
        )
        for arm, n, row in zip(arms, sizes, rows, strict=True)
    )
    test = printed(letter, statistic, p, n=sizes, **more)  # type: ignore[arg-type]  # as above
    return TableTest(test, arms, tuple(f"c{i}" for i in range(len(rows[0]))), cells, ordered=True)


def paper(*claims: Claim) -> Paper:
    """Everything an example claims: tests bring their shares along."""
    whole: list[Claim] = []
    for claim in claims:
        if isinstance(claim, SharesTest):
            whole += [share for side in claim.sides for share in side]
        whole.append(claim)
    return Paper("example", "cohort", tuple(whole))
