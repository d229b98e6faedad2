"""`evidence validate`: is every file understood?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from synthesis.cli.faults import records
from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common

if TYPE_CHECKING:
    from evidence.loading import StudyFileError

EXAMPLES = """\
evidence validate                             every file of the review
evidence validate studies/smith-2019.yaml     one study of it
evidence validate --format json               for an editor or a form
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=3,
    examples=EXAMPLES,
    short_help="Is every file understood?",
    help="""Say whether every file is understood, and if not, every problem of every file at once.

    PATHS are study files or the folder of the review; without any, the review in this folder. Each problem
    comes with its file, line and column, what was read, and what would do. Whether the numbers make sense
    is another question: that is `evidence audit`.""",
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
def validate(paths: tuple[str, ...], format_: str) -> int:
    """The exit code 0, once it was said that all is well; problems are an error, which says itself."""
    from pathlib import PurePath

    from evidence.loading import StudyFileError
    from synthesis.cli import folder

    try:
        _, review, chosen = folder.read_paths(paths)
        warnings = review.warnings
    except StudyFileError as error:
        chosen, warnings = _only_elsewhere(error, paths), ()
    named = [warning for warning in warnings if not paths or PurePath(warning.file).stem in chosen]
    if format_ == "json":
        show_json({"schema": 1, "valid": True, "studies": list(chosen), "problems": records(named)})
        return 0
    said = [
        *(f"{warning}\n" for warning in named),
        f"understood: {', '.join(chosen) or 'review.yaml, no study yet'}",
    ]
    show("\n".join(said))
    return 0


def _only_elsewhere(error: StudyFileError, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The studies asked about, when all that is wrong is in other files; otherwise the error goes on."""
    from pathlib import PurePath

    from evidence.loading import StudyFileError

    asked = {PurePath(path).name for path in paths if path.endswith((".yaml", ".yml"))}
    own = [problem for problem in error.problems if PurePath(problem.file).name in asked | {"review.yaml"}]
    if not asked or any(problem.severity == "error" for problem in own):
        raise StudyFileError(own if asked else error.problems) from None
    click.echo("other files of this review are not understood; evidence validate shows them", err=True)
    return tuple(sorted(PurePath(name).stem for name in asked))


COMMAND = validate
