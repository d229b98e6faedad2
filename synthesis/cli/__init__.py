"""The command line: one command a file, imported when it is called."""


def main() -> None:
    """Run the command line."""
    from synthesis.cli.program import run

    raise SystemExit(run())
