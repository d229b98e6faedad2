"""Short ways of writing the example claims that stand in check files."""

from __future__ import annotations

from evidence.claims import (
    BareTest,
    MeansTest,
    Place,
    PrintedTest,
    Share,
    SharesTest,
    Summary,
)
from evidence.values import Reported, reported


def place(label: str = "an endpoint", *, paired: bool = False) -> Place:
    """Where an example stands."""
    return Place("example", f"example/{label.replace(' ', '-')}", "endpoint", label, paired=paired)


def number(text: str | None, field: str) -> Reported | None:
    """A printed number of an example, or None."""
    return None if text is None else reported(text, address=f"example/endpoint/{field}")


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
) -> PrintedTest:
    """A test as printed between arms a, b, c ... of these sizes."""
    arms = tuple("abcdefgh"[: len(n)]) if not within else ("a",)
    return PrintedTest(
        place(),
        "example/endpoint/test",
        "a-b",
        letter,
        number(statistic, "test/statistic"),
        tuple(reported(d, address="example/endpoint/test/df") for d in df),
        number(p, "test/p"),
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
    percent: str | None, n: str, events: str | None = None, arm: str = "a", survival: bool = False
) -> Share:
    """How many of an arm."""
    return Share(
        place(),
        arm,
        number(n, f"{arm}/n"),
        number(events, f"{arm}/events"),
        number(percent, f"{arm}/percent"),
        survival,
    )


def shares_test(
    letter: str | None,
    statistic: str | None,
    p: str | None,
    *shares: tuple[str, str],
    claim: str | None = None,
) -> SharesTest:
    """A test of percentages, each of its n."""
    sizes = tuple(n for _, n in shares)
    sides = tuple(
        (share(percent, n, arm=arm),) for arm, (percent, n) in zip("abcdefgh", shares, strict=False)
    )
    return SharesTest(printed(letter, statistic, p, n=sizes, claim=claim), sides)


def summary(mean: str, sd: str, n: str, arm: str = "a", time: str | None = None) -> Summary:
    """A mean and its standard deviation."""
    where = f"{arm}@{time}" if time else arm
    return Summary(
        place(),
        arm,
        time,
        number(n, f"{arm}/n"),
        mean=number(mean, f"{where}/mean"),
        sd=number(sd, f"{where}/sd"),
    )


def means_test(
    letter: str | None, statistic: str | None, p: str | None, *groups: tuple[str, str, str]
) -> MeansTest:
    """A test of means: (mean, SD, n) of each arm."""
    sizes = tuple(n for _, _, n in groups)
    found = tuple(summary(*group, arm=arm) for arm, group in zip("abcdefgh", groups, strict=False))
    return MeansTest(printed(letter, statistic, p, n=sizes), found)
