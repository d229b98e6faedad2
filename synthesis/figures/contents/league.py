"""What a league table says: every treatment against every other, below the diagonal and direct above."""

from dataclasses import dataclass

from synthesis.figures.contents.network_result import Contrast, NetworkResult, Pairs, lower_is_better
from synthesis.figures.display import display
from synthesis.figures.figure import need
from synthesis.figures.forest_words import effect_text, level_text, sentence
from synthesis.figures.numbers import DASH
from synthesis.figures.page import Key, Words

LEAST = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its lines, whether its interval excludes no effect, and the ground it stands on."""

    lines: tuple[str, ...]
    bold: bool = False
    ground: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class League:
    """The rows of cells; names stand on the diagonal."""

    words: Words
    rows: tuple[tuple[Cell, ...], ...]


def content(result: NetworkResult) -> League:
    """The league table of a network: row against column below, column against row above."""
    need("a league table", LEAST, len(result.labels), "treatments", "network")
    keys = list(result.labels)
    rows = tuple(tuple(_cell(result, keys, i, j) for j in range(len(keys))) for i in range(len(keys)))
    return League(_words(result), rows)


def _cell(result: NetworkResult, keys: list[str], i: int, j: int) -> Cell:
    """Below the diagonal the row against the column; above it the column against the row."""
    if i == j:
        return Cell((result.labels[keys[i]],), bold=True)
    first, second = (keys[i], keys[j]) if i > j else (keys[j], keys[i])
    pairs: Pairs = result.network if i > j else result.direct
    found = result.of(pairs, first, second)
    versus = f"{result.labels[first]} against {result.labels[second]}"
    kind = "network" if i > j else "direct"
    if found is None:
        return Cell((DASH,), title=f"{versus}, {kind}: none")
    shown = display(result.measure)
    text = effect_text(shown, found.mu, found.low, found.high)
    value, _, limits = text.partition(" (")
    clear = found.low > 0 or found.high < 0
    lines = (value, f"({limits}")
    return Cell(lines, clear, _ground(result, found, clear), f"{versus}, {kind}: {shown.name} {text}")


def _ground(result: NetworkResult, found: Contrast, clear: bool) -> str:
    """Blue where the first of the two is favoured, orange where the second is; stronger where it is clear."""
    lower = lower_is_better(result)
    if lower is None or found.mu == 0:
        return ""
    favoured = (found.mu < 0) == lower
    return f"{'heat' if favoured else 'warm'}-{2 if clear else 1}"


def _words(result: NetworkResult) -> Words:
    shown = display(result.measure)
    null = "1" if shown.ratio else "0"
    lower = lower_is_better(result)
    reading = [
        f"Below the diagonal: {shown.name} of the row against the column, from the network; above it of the "
        f"column against the row, from studies that compared the two ({DASH} where there is none)"
    ]
    if lower is not None:
        reading.append(f"a value {'below' if lower else 'above'} {null} favours the first of the two")
    lines = ["; ".join(reading), *([result.how] if result.how else [])]
    keys: tuple[Key, ...] = ()
    if lower is not None:
        keys = (
            Key("area", "heat-1", "favours the first"),
            Key("area", "heat-2", f"and its {level_text(result.level)} interval excludes {null}"),
            Key("area", "warm-1", "favours the second"),
            Key("area", "warm-2", f"and its interval excludes {null}"),
        )
    pairs = [
        f"{result.labels[a]} against {result.labels[b]}: "
        f"{shown.name} {effect_text(shown, c.mu, c.low, c.high)}"
        for (a, b), c in result.network.items()
    ]
    return Words(
        name=f"league-{result.name}",
        kind="League table",
        title=result.title,
        description=" ".join(sentence(one) for one in (*pairs, *lines)),
        lines=tuple(sentence(one) for one in lines),
        notes=("Bold: the interval excludes no effect.",),
        keys=keys,
    )
