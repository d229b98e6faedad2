"""The house keeps its shape: who may know whom, and what nobody does in the middle.

Read from the source with `ast`, so that an import inside a function counts as much as one at the top.
Imports under `if TYPE_CHECKING:` count too, except in the two packages' doors.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOORS = ("evidence", "synthesis")

# Part of the package -> the parts it may know, besides itself. DESIGN's order, written out.
# These know nothing, and anybody may know them.
TOOLS = {"whole_file", "emitting", "distributions", "durations"}
VALUES = {"values", "rounding", "claims", "findings"}
NUMBERS = {"admissible", "reanalysis", "measures", "derivation"}
# The files as models; pydantic lives here and in loading.
FILES = {"records", "entry", "study", "planned", "statements", "review"}
STUDIES = FILES | {"loading", "readings", "denominators"}
EVIDENCE: dict[str, set[str]] = {
    "_version": set(),
    "whole_file": set(),
    "emitting": set(),
    "distributions": set(),
    "values": set(),
    "rounding": {"values"},
    "claims": {"values", "rounding"},
    "findings": {"values", "rounding", "claims"},
    "admissible": VALUES,
    "reanalysis": VALUES | {"admissible"},
    "measures": VALUES | {"reanalysis"},
    "derivation": VALUES | {"reanalysis", "measures"},
    "checks": VALUES | NUMBERS,
    "repair": VALUES | NUMBERS | {"checks"},
    "records": VALUES,
    "entry": VALUES | {"records"},
    "study": VALUES | {"records", "entry"},
    "statements": VALUES | {"records"},
    "planned": {"values", "records"},
    "durations": set(),
    "qualifiers": VALUES | FILES,
    "review": VALUES | FILES,
    "schemas": VALUES | FILES,
    "loading": VALUES | FILES | {"measures"},
    "denominators": VALUES | FILES,
    "readings": VALUES | FILES | {"loading"},
    "claiming_survival": VALUES | FILES | {"denominators"},
    "claiming_results": VALUES | FILES | {"denominators"},
    "claiming_sources": VALUES | FILES | {"claiming_results"},
    "claiming_responses": VALUES | FILES | {"claiming_results"},
    "claiming_tests": VALUES | FILES | {"denominators", "claiming_results"},
    "claiming": VALUES
    | STUDIES
    | {"claiming_survival", "claiming_results", "claiming_tests", "claiming_sources", "claiming_responses"},
    "calculating": NUMBERS,
    "entry_inputs": VALUES | NUMBERS | STUDIES | {"claiming"},
    "alike_entries": VALUES | FILES | {"qualifiers"},
    "choosing": VALUES | NUMBERS | STUDIES | {"claiming", "qualifiers", "entry_inputs", "alike_entries"},
    "auditing": VALUES | NUMBERS | STUDIES | {"checks", "repair", "claiming", "choosing"},
    "extraction": VALUES,
    "auditing_text": VALUES | {"extraction", "checks", "repair"},
    "rules": VALUES | NUMBERS | STUDIES | {"checks", "auditing"},
    "baseline": VALUES,
    "ledger": VALUES | {"_version", "rules", "baseline"},
}
# Array functions, each knowing only those before it.
CHAIN = (
    *(
        "dominance",
        "arrays",
        "roots",
        "likelihoods",
        "quadratic_forms",
        "q_statistics",
        "tau2_kernels",
        "tau2",
    ),
    *("tau2_errors", "intervals", "heterogeneity", "tau2_intervals"),
)
ARRAYS = set(CHAIN)
DESCRIBING = {"describing", "describing_words", "describing_tables"}
FITTING = {"pooling", "pooling_many", "counting", "regressing", "subgrouping"}
POOLING = {"errors", "table", "fit", "models"} | FITTING | DESCRIBING | ARRAYS
SHOWING = POOLING | {"comparisons", "comparability", "estimating", "planning", "rereading", "every_way"}
SHOWING |= {"rounding_reach", "characteristics", "misreading", "indirect_comparison"}
SHOWING |= {"diagnostics", "drawing", "figures", "plot"}
SYNTHESIS: dict[str, set[str]] = {
    "errors": set(),
    "table": {"errors"},
    "comparisons": set(),
    "comparability": {"errors", "table"},
    "side_by_side": {"table"},
    "naming": {"comparisons"},
    "zero_policies": set(),
    "row_numbers": {"arrays", "zero_policies"},
    "effect_rows": {"table", "comparisons", "comparability", "naming", "row_numbers", "zero_policies"},
    "estimating": {"errors", "table", "comparisons", "comparability"}
    | {"side_by_side", "naming", "effect_rows", "zero_policies"},
    **{name: {"errors", *CHAIN[:place]} for place, name in enumerate(CHAIN)},
    "fit": {"errors", "table", "arrays", "models", "rounding_reach"} | DESCRIBING,
    "rounding_reach": {"fit", "arrays", "tau2"},
    "describing_words": set(),
    "describing": {"errors", "table", "fit", "intervals", "describing_words"},
    "describing_tables": {"errors", "table", "fit", "intervals", "models", "describing", "describing_words"},
    "models": {"errors", "table", "fit", "pooling", "describing_regression", "describing_subgroups"}
    | DESCRIBING
    | ARRAYS,
    "describing_regression": {"errors", "table", "fit", "describing", "describing_words", "models"},
    "describing_subgroups": {"table", "fit", "describing", "describing_regression", "models"},
    "regressing": {"errors", "table", "fit", "models"} | ARRAYS,
    "subgrouping": {"errors", "table", "fit", "models", "pooling"} | ARRAYS,
    "correlated_tests": {"errors"},
    "combining_p": {"errors", "correlated_tests"},
    "counting": {"errors", "table", "fit", "models"} | ARRAYS,
    "pooling": {"errors", "table", "fit", "models", "counting"} | ARRAYS,
    "pooling_many": {"errors", "models"} | ARRAYS,
    "comparing": {"fit", "describing"},
    "diagnostics": POOLING,
    "indirect_comparison": {"errors", "fit", "describing", "intervals"},
    "characteristics": {"errors", "table", "naming"},
    "planning": {"errors", "table", "fit", "models", "comparisons", "naming", "estimating"}
    | {"indirect_comparison", "pooling", "subgrouping"},
    "rereading": {"table", "fit", "comparisons", "estimating", "planning"},
    "every_way": {"errors", "table", "fit", "comparisons", "estimating", "pooling", "planning", "misreading"}
    | {"zero_policies"},
    "misreading": {"table", "fit", "pooling"},
    "drawing": set(),
    "figures": POOLING
    | {"drawing", "diagnostics", "comparisons", "estimating", "planning", "every_way", "rereading"},
    "plot": POOLING | {"drawing", "figures", "rereading"},
    "reporting": SHOWING | {"templates", "effect_rows"},
    "cli": SHOWING | {"reporting", "templates", "studies"},
}
ORDER = {"evidence": EVIDENCE, "synthesis": SYNTHESIS}
KNOWS_ONLY_TOOLS = ARRAYS | {"drawing"}

# Only these touch files or the terminal; `save` methods do it for the caller, and PDF embeds fonts.
READS = {"evidence.loading", "evidence.whole_file", "synthesis.drawing.font_files", "synthesis.cli"}
READING = {"read_text", "read_bytes"}
WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "touch"}
# What would make two runs differ.
UNSTEADY = {"time", "random", "uuid", "locale", "socket", "subprocess", "urllib", "secrets", "getpass"}


def modules() -> dict[str, Path]:
    """Every module of the two packages, by its dotted name."""
    found = {}
    for top in DOORS:
        for file in sorted((ROOT / top).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


MODULES = modules()


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"), filename=str(MODULES[module]))


def imports(module: str, at_import: bool = False) -> Iterator[str]:
    """The modules of this project that a module imports: anywhere in it, or while it is imported itself."""
    for node in at_top(tree(module)) if at_import else ast.walk(tree(module)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = absolute(module, node)
            names = [f"{base}.{alias.name}" for alias in node.names]
        for name in names:
            known = longest_known(name)
            if known and known != module:
                yield known


def at_top(node: ast.AST) -> Iterator[ast.AST]:
    """What runs on import: all but the insides of functions and of `if TYPE_CHECKING:`."""
    for child in ast.iter_child_nodes(node):
        typing_only = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        if not typing_only and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from at_top(child)


def absolute(module: str, node: ast.ImportFrom) -> str:
    if node.level == 0:
        return node.module or ""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    parts = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parts, *([node.module] if node.module else [])])


def longest_known(name: str) -> str | None:
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or None


def part(module: str) -> str:
    """evidence.checks.grim -> checks"""
    return module.split(".")[1]


INSIDE = [module for module in MODULES if module not in DOORS]


@pytest.mark.parametrize("module", INSIDE)
def test_a_module_knows_only_those_before_it(module: str) -> None:
    top, name = module.split(".")[0], part(module)
    assert name in ORDER[top], f"say in this test what {top}.{name} may know"
    allowed = ORDER[top][name] | {name} | (TOOLS if top == "evidence" else set())
    for other in imports(module):
        if other.split(".")[0] == top:
            assert other != top, f"{module} goes through its own front door; import the module behind it"
            assert part(other) in allowed, f"{module} knows {other}"
        else:
            assert top == "synthesis", f"{module} of one study knows {other}, which needs more than one"
            tools_only = name in KNOWS_ONLY_TOOLS and part(other) not in TOOLS
            assert not tools_only, f"{module} works on arrays or marks and knows {other}"


def test_nothing_imports_in_a_circle() -> None:
    # At import time, that is; a result may fetch its own description when it is asked for it.
    graph = {module: set(imports(module, at_import=True)) for module in INSIDE}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path[path.index(module) :], module])
        if module in done or module in DOORS:
            return
        for other in sorted(graph[module]):
            # a module and the package it lies in see each other through the package's listing
            if not module.startswith(other + ".") and not other.startswith(module + "."):
                visit(other, (*path, module))
        done.add(module)

    for module in graph:
        visit(module, ())


def inside_save(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef) and node.name == "save":
            return True
    return False


@pytest.mark.parametrize("module", INSIDE)
def test_only_loading_saving_and_the_command_line_touch_files(module: str) -> None:
    if any(module == reader or module.startswith(reader + ".") for reader in READS):
        return
    source = tree(module)
    parents = {child: node for node in ast.walk(source) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(source):
        if not isinstance(node, ast.Call) or inside_save(node, parents):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            assert called.id not in {"open", "print", "input"}, f"line {node.lineno}: {called.id}"
        elif isinstance(called, ast.Attribute):
            assert called.attr not in WRITING, f"line {node.lineno}: {called.attr}"
            packaged = "files(" in ast.unparse(called.value)
            assert packaged or called.attr not in READING, f"line {node.lineno}: {called.attr}"


@pytest.mark.parametrize("module", INSIDE)
def test_nothing_asks_the_clock_chance_or_the_network(module: str) -> None:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            assert UNSTEADY.isdisjoint(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            assert (node.module or "").split(".")[0] not in UNSTEADY
        elif isinstance(node, ast.Attribute):
            assert node.attr not in {"now", "today", "utcnow", "environ"} or module.startswith(
                "synthesis.cli"
            )


@pytest.mark.parametrize("door", DOORS)
def test_no_public_function_is_named_like_a_module_beside_it(door: str) -> None:
    beside = {part(module) for module in MODULES if module.startswith(door + ".")}
    named = set(public_names(door)) - {"plot"}
    for module in MODULES:
        if module.count(".") == 1 and module.startswith(door + "."):
            body = tree(module).body
            named |= {node.name for node in body if isinstance(node, ast.FunctionDef)}
    assert named & beside == set()


def public_names(door: str) -> list[str]:
    for node in tree(door).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    raise AssertionError(f"{door} has no __all__")


def python(code: str) -> str:
    """What a fresh interpreter prints, started from the root's parent so that only the install counts."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT.parent
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("door", DOORS)
def test_importing_a_package_loads_nothing_third_party(door: str) -> None:
    code = f"import sys; old = set(sys.modules); import {door}; print(*set(sys.modules) - old)"
    loaded = {name.split(".")[0] for name in python(code).split()}
    assert loaded - set(sys.stdlib_module_names) - set(DOORS) == set()


@pytest.mark.parametrize("door", DOORS)
def test_every_door_opens_after_every_module_was_imported(door: str) -> None:
    # In this order: a module named like a door would have taken the door's place by then.
    code = (
        "import importlib, types\n"
        f"for name in {sorted(MODULES)!r}: importlib.import_module(name)\n"
        f"door = importlib.import_module({door!r})\n"
        "for name in door.__all__:\n"
        "    value = getattr(door, name)\n"
        "    assert name == 'plot' or not isinstance(value, types.ModuleType), name\n"
        "    assert name in dir(door), name\n"
    )
    python(code)


@pytest.mark.parametrize("door", DOORS)
def test_an_unknown_name_is_an_attribute_error(door: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{door}' has no attribute 'nothing'"):
        __import__(door).nothing  # noqa: B018
