"""Bring README.md up to date: the picture it shows, and what its commands print.

A block of README.md that begins with `$ evidence ...` is run in a shell at the top of the project, and what
it prints takes the place of the rest of the block. `make readme` writes both; a test says when they are due.
"""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
README = ROOT / "README.md"
PICTURE = HERE / "forest.svg"
BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]+)\n.*?^```$", re.MULTILINE | re.DOTALL)


def picture() -> str:
    """The forest plot of the thirteen trials of BCG vaccine (Colditz et al. 1994, JAMA 271:698), as SVG."""
    import synthesis
    from evidence.measures import get
    from synthesis.table import ArmData, EffectRow, EffectTable

    with (HERE / "bcg.csv").open(encoding="utf-8", newline="") as file:
        trials = list(csv.DictReader(file))
    columns = {name: [float(trial[name]) for trial in trials] for name in ("ai", "n1i", "ci", "n2i")}
    yi, vi = get("RR").effect(**columns)
    rows = tuple(
        EffectRow(
            study=trial["label"],
            label=trial["label"],
            yi=float(y),
            vi=float(v),
            arms=(
                ArmData("bcg", "Vaccinated", "bcg", float(trial["n1i"]), float(trial["ai"])),
                ArmData("none", "Not vaccinated", "none", float(trial["n2i"]), float(trial["ci"])),
            ),
            inputs=(),
            address=trial["label"],
        )
        for trial, y, v in zip(trials, yi, vi, strict=True)
    )
    table = EffectTable(
        endpoint="tuberculosis",
        endpoint_label="Tuberculosis",
        measure="RR",
        compare=("bcg", "none"),
        compare_labels=("BCG vaccine", "No vaccine"),
        rows=rows,
        better="lower",
    )
    drawn = synthesis.plot.forest(synthesis.pool(table)).to_svg()
    # a page may be dark; the ink of the figure is
    return drawn.replace("</desc>", '</desc>\n<rect width="100%" height="100%" fill="#fff"/>', 1)


def renewed(text: str) -> str:
    """The text with what its commands print now."""
    return BLOCK.sub(lambda block: f"```console\n$ {block['command']}\n{printed(block['command'])}```", text)


def printed(command: str) -> str:
    """What a command prints at the top of the project, in eighty plain columns."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
