"""New files to fill in: what goes into them, and writing them without touching what exists."""

import re
from importlib.resources import files
from pathlib import Path

import click

from synthesis.cli.output import show_json

SLUG = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9-]*")


def slug(name: str, otherwise: str | None = None) -> str:
    """The name, if study files may bear it; with an `otherwise`, whatever can be made of it."""
    if otherwise is None and not SLUG.fullmatch(name):
        made = _made(name)
        hint = f", such as {made}" if SLUG.fullmatch(made) else ", such as smith-2019"
        raise click.UsageError(
            f'"{name}" cannot be a name: write lower-case letters, figures and hyphens{hint}'
        )
    made = _made(name)
    return made if SLUG.fullmatch(made) else otherwise or name


def _made(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def fill(template: str, **words: str) -> str:
    """A template of templates/new with its words put in."""
    text = files("synthesis.templates").joinpath("new", template).read_text(encoding="utf-8")
    for key, word in words.items():
        text = text.replace(f"{{{{ {key} }}}}", word)
    return text


def schemas(folder: Path) -> dict[Path, str]:
    """The two schema files of a folder and what belongs into them."""
    from evidence.schemas import schema_text

    return {folder / f"{kind}.schema.json": schema_text(kind) for kind in ("study", "review")}


def names_in(folder: Path) -> tuple[list[str], str]:
    """The treatments that review.yaml declares, and its first yes-or-no endpoint."""
    from evidence.loading import read_names

    review = read_names(folder)
    binary = [key for key, endpoint in review.endpoints.items() if endpoint.kind == "binary"]
    return list(review.treatments), next(iter([*binary, *review.endpoints]), "objective-response")


def asked_for(arms: str, declared: list[str]) -> list[str]:
    """The treatments of a list split by commas, each of which review.yaml must declare."""
    from evidence.loading.problems import did_you_mean

    named = list(dict.fromkeys(name.strip() for name in arms.split(",") if name.strip()))
    for name in named:
        if name not in declared:
            near = did_you_mean(name, declared)
            near = f" {near}" if near else ""
            new = f"declare it there under `treatments`, {_made(name) or 'name'}: {{label: {name}}}"
            raise click.UsageError(f"review.yaml has no treatment {name}:{near or ' ' + new}")
    if not named:
        raise click.UsageError("--arms names no treatment, such as --arms sorafenib,placebo")
    return named


def refuse_existing(path: Path) -> None:
    """Nothing is written over."""
    if path.exists() or path.is_symlink():
        raise click.UsageError(f"{path} is there already and was left as it is")


def written(contents: dict[Path, str], next_step: str, format_: str) -> int:
    """The exit code 0, once the first file and whichever of the others are missing were written.

    The first is what was asked for, and must be new; the others come along where they are not yet.
    """
    from evidence.whole_file import write

    asked = next(iter(contents))
    refuse_existing(asked)
    asked.parent.mkdir(parents=True, exist_ok=True)
    new = [path for path in contents if not path.exists()]
    for path in new:
        write(path, contents[path])
    if format_ == "json":
        show_json({"schema": 1, "written": [path.as_posix() for path in new]})
    else:
        click.echo("\n".join(f"wrote {path.as_posix()}" for path in new))
        click.echo(f"next: {next_step}")
    return 0
