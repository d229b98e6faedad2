"""Reviews of any size, written for measuring bytes and time."""

from pathlib import Path


def generated(folder: Path, studies: int, endpoints: int) -> Path:
    """A review of this many randomised trials, each with counts and percentages of this many endpoints."""
    names = [f"outcome-{i}" for i in range(endpoints)]
    declared = "".join(
        f"  {n}: {{label: {n.title()}, kind: binary, better: lower, measure: RR}}\n" for n in names
    )
    planned = "".join(f"  {name}: {{endpoint: {name}, compare: [new, old]}}\n" for name in names)
    treatments = "{new: {label: New treatment}, old: {label: Old treatment, reference: true}}"
    text = f"format: 1\nreview: made\ntreatments: {treatments}\nendpoints:\n{declared}syntheses:\n{planned}"
    (folder / "review.yaml").write_text(text, encoding="utf-8")
    for number in range(1, studies + 1):
        n = (60 + 7 * (number % 29), 55 + 11 * (number % 23))
        head = f"""format: 1
study: trial-{number}
label: Trial {number}
sources: {{paper: {{kind: paper, authors: A and others, title: A trial, year: {1980 + number % 40}}}}}
design: {{kind: randomised-trial, country: Denmark}}
arms: {{new: {{treatment: new, n: {n[0]}}}, old: {{treatment: old, n: {n[1]}}}}}
outcomes:
"""
        entries = []
        for place, name in enumerate(names, start=1):
            events = [5 + (number * 7 + place * 3 + arm * 5) % (size - 10) for arm, size in enumerate(n)]
            percent = [f"{100 * a / size:.1f}" for a, size in zip(events, n, strict=True)]
            new, old = (f"{{events: {a}, percent: {p}}}" for a, p in zip(events, percent, strict=True))
            results = f"results: {{new: {new}, old: {old}}}"
            entries.append(f"  - {{endpoint: {name}, where: Table {place + 1}, {results}}}\n")
        (folder / f"trial-{number}.yaml").write_text(head + "".join(entries), encoding="utf-8")
    return folder
