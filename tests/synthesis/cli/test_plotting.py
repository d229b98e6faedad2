"""`evidence plot NAME`: every figure of the gallery is a command that draws, or says politely why not."""

import json
from pathlib import Path

import pytest

from synthesis.cli.plotting import command_of
from synthesis.figures import gallery

DEMO = str(Path(__file__).parents[1] / "figures/gallery/demo")
PAIR = ("--compare", "drug,placebo")
DRAWN: dict[str, tuple[str, ...]] = {
    "baujat": ("response", *PAIR),
    "before_after": ("pain",),
    "bias_summary": (),
    "bubble": ("response", *PAIR, "--by", "year"),
    "cumulative": ("response", *PAIR, "--order", "precision"),
    "drapery": ("response", *PAIR),
    "flow": ("--identified", "100"),
    "funnel": ("response", *PAIR, "--line", "--least", "3"),
    "gosh": ("response", *PAIR),
    "influence": ("response", *PAIR),
    "labbe": ("response", *PAIR),
    "league": ("response",),
    "leave_one_out": ("response", *PAIR),
    "ledger": ("--which", "all"),
    "medians": ("survival",),
    "multiverse": ("response", *PAIR, "--measure", "RR"),
    "network": (),
    "participants": ("--study", "adams-2001"),
    "profile": ("response", *PAIR),
    "radial": ("response", *PAIR),
    "ranking": ("response", "--reference", "placebo"),
    "risk_of_bias": ("--tool", "RoB2"),
    "samples": ("--mean", "3.2", "--sd", "2.4", "--n", "19", "--least", "0", "--most", "7"),
    "summary_of_findings": ("--outcomes", "response,nausea"),
    "survival_curves": ("survival",),
}


def command(name: str) -> str:
    return name.replace("_", "-")


def test_every_figure_is_drawn_here() -> None:
    assert set(DRAWN) == set(gallery.names())


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_figure_is_drawn_into_the_file_named(evidence, tmp_path: Path, name: str) -> None:
    root = () if name == "samples" else ("--root", DEMO)
    file = tmp_path / "figure.svg"
    said = evidence("plot", command(name), *DRAWN[name], *root, "-o", str(file))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"wrote {file}: ")
    assert file.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_its_help_names_the_figure_and_its_file(name: str) -> None:
    import click

    made = command_of(gallery.get(name))
    with click.Context(made, info_name="evidence plot") as context:
        text = made.get_help(context)
    assert gallery.get(name).about.split()[0] in text and f"{command(name)}.svg" in "".join(text.split())


def test_without_a_file_the_endpoint_and_the_figure_name_it(evidence, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    evidence("plot", "funnel", "response", *PAIR, "--root", DEMO)
    evidence("plot", "network", "--root", DEMO)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["network.svg", "response-funnel.svg"]


def test_the_answer_can_be_json(evidence, tmp_path: Path) -> None:
    file = str(tmp_path / "a.pdf")
    said = evidence("plot", "network", "--root", DEMO, "-o", file, "--format", "json")
    assert json.loads(said.out)["written"] == file


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (("funnel", "response", "--compare", "rival,placebo"), "a funnel needs at least 3 studies"),
        (("survival-curves", "response"), "no study has a curve of response"),
        (("medians", "response"), "no study prints a median of response"),
        (("participants", "--study", "dorn-2019"), "prints no flow of participants"),
        (("risk-of-bias", "--tool", "NOS"), "no study was judged with 'NOS'"),
        (("ledger", "--study", "dorn-2019"), "the audit has no error or warning"),
        (("ranking", "nausea"), "a ranking needs at least 3 treatments; this network has 2"),
        (
            ("leave-one-out", "response", "--compare", "rival"),
            "a leave-one-out figure needs at least 3 studies",
        ),
    ],
)
def test_too_little_is_refused_politely(
    evidence, tmp_path: Path, asked: tuple[str, ...], reason: str
) -> None:
    file = tmp_path / "x.svg"
    said = evidence("plot", *asked, "--root", DEMO, "-o", str(file))
    assert (said.code, said.out, file.exists()) == (2, "", False)
    assert reason in said.err and "Traceback" not in said.err


def test_an_impossible_mean_is_refused_without_a_review(evidence, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    scale = ("--n", "26", "--least", "0", "--most", "7")
    said = evidence("plot", "samples", "--mean", "4.0", "--sd", "3.42", *scale)
    assert said.code == 2 and "there is no sample with mean 4.0" in said.err


def test_a_misspelt_figure_is_suggested(evidence) -> None:
    said = evidence("plot", "funel", "response")
    assert said.code == 2 and "Did you mean funnel?" in said.err


def test_listing_the_figures_loads_nothing_heavy(process) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from synthesis.cli.program import run; run(['plot', '--help']); "
        "heavy = {'numpy', 'pydantic', 'matplotlib'} & set(sys.modules); print(*heavy, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""
