"""The commands that draw the figures of the gallery, made from what each figure says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from synthesis.cli.asking import asked, narrowing, one_of
from synthesis.cli.listing import Command
from synthesis.cli.modelling import modelling
from synthesis.cli.output import show_json, working
from synthesis.cli.settings import common, root_option

if TYPE_CHECKING:
    from synthesis.drawing.drawing import Drawing
    from synthesis.figures.figure import Figure, Option

ORDER = 2  # behind the forest plot


def command_of(figure: Figure) -> click.Command:
    """The command `evidence plot NAME` of a figure."""

    def run(**given: Any) -> int:
        """The exit code 0, once the figure is written."""
        return _run(figure, given)

    command: Any = click.command(
        _spoken(figure.name),
        cls=Command,
        order=ORDER,
        examples=figure.example,
        short_help=figure.about,
        help=f"{figure.about}\n\nThe ending of FILE chooses the format: .svg, .pdf or .png.",
    )(run)
    command.params = [*_subject(figure), *(_option(one) for one in figure.options), *_output(figure)]
    made: click.Command = common("text", "json")(command)
    return made


def _spoken(name: str) -> str:
    return name.replace("_", "-")


def _subject(figure: Figure) -> list[click.Parameter]:
    """The argument and options that say what is drawn."""
    if figure.subject == "numbers":
        return []
    holder = click.Command("holder", params=[])
    root_option()(holder)
    if figure.subject == "pool":
        modelling()(holder)
    if figure.subject in ("pool", "table"):
        narrowing()(holder)
    elif figure.subject == "endpoint":
        pair = ("--compare",)
        text = "Two treatments, the first against the second."
        holder.params.append(click.Option(pair, metavar="FIRST,VERSUS", help=text))
    needed = figure.subject != "review"
    return ([click.Argument(["endpoint"])] if needed else []) + holder.params[::-1]


def _option(one: Option) -> click.Option:
    return click.Option(
        [f"--{_spoken(one.name)}", one.name],
        help=one.help,
        type=None if one.switch else one.kind,
        metavar=None if one.switch else one.metavar,
        is_flag=one.switch,
        required=one.needed,
    )


def _output(figure: Figure) -> list[click.Option]:
    default = _spoken(figure.name) + ".svg"
    if figure.subject not in ("numbers", "review"):
        default = f"ENDPOINT-{default}"
    text = f"The file to write  [default: {default}]"
    return [click.Option(["-o", "--output"], metavar="FILE", help=text)]


def _run(figure: Figure, given: dict[str, Any]) -> int:
    format_, output = given.pop("format_"), given.pop("output")
    options = {one.name: _worded(one, given.pop(one.name)) for one in figure.options}
    options = {name: value for name, value in options.items() if value is not None and value is not False}
    endpoint = given.get("endpoint")
    drawing = _drawn(figure, given, options)
    name = _spoken(figure.name) + ".svg"
    file = output or (name if endpoint is None else f"{endpoint}-{name}")
    with working(f"Drawing {file}"):
        drawing.save(file)
    if format_ == "json":
        show_json({"schema": 1, "written": file, "figure": _spoken(figure.name), "title": drawing.title})
    else:
        click.echo(f"wrote {file}: {drawing.title}")
    return 0


def _worded(one: Option, value: Any) -> Any:
    if not one.words or value is None:
        return value
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _drawn(figure: Figure, given: dict[str, Any], options: dict[str, Any]) -> Drawing:
    from synthesis.cli import folder

    if figure.subject == "numbers":
        return figure.draw(**options)
    review = folder.read(given.pop("root"))
    if figure.subject in ("review", "endpoint"):
        compare = given.pop("compare", None)
        about = () if figure.subject == "review" else (given["endpoint"],)
        if compare:
            options["compare"] = tuple(name.strip() for name in compare.split(","))
        if figure.audited:
            options["audit"] = folder.audited(review)
        return figure.draw(review, *about, **options)
    return figure.draw(_of_endpoint(figure, review, given), **options)


def _of_endpoint(figure: Figure, review: Any, given: dict[str, Any]) -> Any:
    """The effect table of the endpoint, or its pool."""
    from synthesis.cli import folder
    from synthesis.errors import FigureError
    from synthesis.planning import pooled

    endpoint, measure = given.pop("endpoint"), given.pop("measure")
    compare, reading = given.pop("compare"), given.pop("reading")
    audit = folder.audited(review, reading)
    tables, unused = asked(review, audit, endpoint, measure, compare, reading, given.pop("zeros"))
    table = one_of(tables, endpoint, unused)
    if figure.subject == "table":
        return table
    found = pooled(review, table, **given)
    if found is None:
        why = table.reason or "no study gives an estimate"
        raise FigureError(f"{_spoken(figure.name)} is drawn from a pool, and there is none: {why}")
    return found
