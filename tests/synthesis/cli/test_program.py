"""What holds for every command: help, exit codes, suggestions, and silence where it belongs."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from synthesis.cli import folder
from synthesis.cli.program import PROGRAM


def commands(group: click.Group = PROGRAM, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, by the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = tuple(commands())


def test_the_commands_are_the_files_of_the_folder() -> None:
    expected = {"new", "validate", "audit", "effects", "pool", "plot", "report", "schema"}
    expected |= {"explain", "rules"}
    assert {words[0] for words in COMMANDS} >= expected
    assert {("new", "review"), ("new", "study"), ("plot", "forest")} <= set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_teaches_itself(evidence, words: tuple[str, ...]) -> None:
    said = evidence(*words, "--help")
    assert said.code == 0
    assert "Examples:" in said.out
    assert f"evidence {' '.join(words)}" in said.out.split("Examples:")[1]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_a_line_in_the_list(evidence, words: tuple[str, ...]) -> None:
    listed = evidence(*words[:-1], "--help").out.split("Commands:")[1]
    line = next(line for line in listed.splitlines() if line.split()[:1] == [words[-1]])
    assert len(line.split()) > 3


def leaves() -> list[tuple[str, ...]]:
    return [words for words in COMMANDS if not any(w[: len(words)] == words and w != words for w in COMMANDS)]


@pytest.mark.parametrize("words", leaves(), ids=" ".join)
def test_every_command_can_answer_in_json(evidence, words: tuple[str, ...]) -> None:
    assert re.search(r"--format \[text[a-z|]*\|json[|\]]", evidence(*words, "--help").out)


def test_help_loads_neither_numpy_nor_pydantic_nor_yaml() -> None:
    code = (
        "import sys; from synthesis.cli.program import run; run(['--help']); run(['audit', '--help']);"
        "heavy = {'numpy', 'scipy', 'pydantic', 'yaml', 'rich', 'jinja2', 'matplotlib'} & set(sys.modules);"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_misspelt_command_is_a_usage_error_with_a_suggestion(evidence) -> None:
    said = evidence("adit")
    assert (said.code, said.out) == (2, "")
    assert 'there is no command "adit". Did you mean audit?' in said.err


def test_a_misspelt_choice_is_suggested(evidence) -> None:
    said = evidence("audit", "--format", "jason")
    assert said.code == 2
    assert "Did you mean json?" in said.err


def test_a_misspelt_option_is_suggested(evidence) -> None:
    said = evidence("audit", "--fail-one", "error")
    assert said.code == 2
    assert "--fail-on" in said.err


def test_without_a_review_it_says_how_to_start_one(evidence, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = evidence("audit")
    assert said.code == 2
    assert "evidence new review" in said.err


def test_an_error_is_json_where_json_was_asked_for(evidence, tmp_path: Path, monkeypatch) -> None:
    import json

    monkeypatch.chdir(tmp_path)
    said = evidence("audit", "--format", "json")
    assert (said.code, said.err) == (2, "")
    assert "no review.yaml" in json.loads(said.out)["error"]["message"]


def broken(*_: object) -> None:
    raise KeyError("a fault of ours")


def test_our_own_fault_is_exit_3_without_a_traceback(evidence, monkeypatch) -> None:
    monkeypatch.setattr(folder, "find_root", broken)
    said = evidence("audit")
    assert said.code == 3
    assert "Please report it" in said.err
    assert "Traceback" not in said.err


def test_our_own_fault_shows_its_traceback_with_vv(evidence, monkeypatch) -> None:
    monkeypatch.setattr(folder, "find_root", broken)
    said = evidence("audit", "-vv")
    assert said.code == 3
    assert "Traceback" in said.err


def test_an_interruption_is_exit_130(evidence, monkeypatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, "find_root", interrupted)
    said = evidence("audit")
    assert said.code == 130
    assert "Traceback" not in said.err


def test_a_reader_that_goes_away_is_not_complained_about() -> None:
    code = "import synthesis.cli; synthesis.cli.main()"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_full_disk_is_one_sentence() -> None:
    code = "import synthesis.cli; synthesis.cli.main()"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, "--help"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"the output could not be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_version_is_the_packages(evidence) -> None:
    from evidence import __version__

    assert evidence("--version").out == f"evidence {__version__}\n"


def test_colour_is_only_for_terminals(evidence) -> None:
    assert "\x1b[" not in evidence("adit").err


def test_colour_can_be_asked_for(evidence, studies: str) -> None:
    said = evidence("audit", studies, "--format", "concise", "--color", "always")
    assert "\x1b[31m" in said.out


def test_no_color_is_obeyed_in_a_terminal() -> None:
    import pty

    ours, theirs = pty.openpty()
    code = "import synthesis.cli; synthesis.cli.main()"
    environment = {**os.environ, "NO_COLOR": "1"}
    subprocess.run([sys.executable, "-c", code, "adit"], stderr=theirs, env=environment, check=False)
    os.close(theirs)
    said = os.read(ours, 1000)
    os.close(ours)
    assert said.startswith(b"error: there is no command")
