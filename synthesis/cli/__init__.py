"""The command line: `evidence COMMAND ...`.

One command a file under `commands/`, imported when it is called or listed; a folder there is a command with
commands of its own. Command files import what they compute with inside their functions, so that `--help`
needs click alone.
"""


def main() -> None:
    """Run the command line and leave with its exit code."""
    from synthesis.cli.program import run

    raise SystemExit(run())
