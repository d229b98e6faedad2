"""Files opened: their text, or the one reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from evidence.loading.characters import LARGEST_FILE, decoded
from evidence.loading.curves import curve_points
from evidence.loading.parsing import parsed
from evidence.loading.problems import Faults
from evidence.loading.tree import Map, Seq, Text

REVIEW_NAME = "review.yaml"
SUFFIXES = (".yaml", ".yml")


@dataclass(slots=True)
class File:
    """One file as far as it could be read; ``name`` is relative to the folder."""

    path: Path
    name: str
    text: str
    faults: Faults
    tree: Map | None = None

    @property
    def shown(self) -> str:
        """The path as given, for showing: a name that is no Unicode is shown as far as it can be."""
        return self.path.as_posix().encode("utf-8", "replace").decode("utf-8")


@dataclass(slots=True)
class Folder:
    """A folder, and the files of it that were opened, in that order."""

    path: Path
    files: list[File] = field(default_factory=list)

    def open(self, path: Path, name: str | None = None) -> File:
        """A file of YAML, with its tree where all of it could be read."""
        file = self._text(path, name or path.name)
        if not file.faults.problems:
            tree, file.faults, complete = parsed(file.text, file.name)
            file.tree = tree if complete else None
        return file

    def _text(self, path: Path, name: str) -> File:
        file = File(path, name, "", Faults(name, ""))
        self.files.append(file)
        data = _bytes(path, file.faults)
        if data is not None:
            text, file.faults = decoded(data, name)
            file.text = text or ""
        return file

    def studies(self, but: Path) -> list[Path]:
        """The files beside the review, in the order of their names."""
        if not self.path.is_dir():
            return []
        found = (f for f in self.path.iterdir() if f.suffix in SUFFIXES and not f.name.startswith("."))
        return sorted((f for f in found if f.name != but.name), key=lambda f: f.name)

    def curves(self, faults: Faults) -> Callable[[Text], Seq | None]:
        """A reader of the curves that one study names, which notes there what is wrong with a name."""

        def read(node: Text) -> Seq | None:
            name = PurePosixPath(node)
            if name.is_absolute() or ".." in name.parts or "\\" in node or name.suffix != ".csv":
                help = "such as curves/active-pfs.csv, in the folder of the studies"
                faults.add("YML025", node, f"curve: `{node}` names no CSV file beside the studies", help)
                return None
            path = self.path / name
            if not path.is_file():
                faults.add("YML025", node, f"curve: there is no file {node}", "is the name right?")
                return None
            file = next((f for f in self.files if f.path == path), None) or self._text(path, name.as_posix())
            return curve_points(file.text, file.faults) if file.text else None

        return read


def _bytes(path: Path, faults: Faults) -> bytes | None:
    """The bytes of a file, or None and the reason."""
    try:
        if path.is_dir():
            faults.at("YML002", 1, 1, "this is a folder, and a file is wanted", "name a file in it")
        elif path.exists() and not path.is_file():
            faults.at("YML002", 1, 1, "this is no ordinary file", "name a file of text")
        else:
            with path.open("rb") as opened:
                return opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        in_folder = path.name == REVIEW_NAME and path.parent.is_dir()
        help = "`evidence new review` writes one" if in_folder else "is the path right?"
        faults.at("YML002", 1, 1, "there is no such file", help)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        faults.at("YML002", 1, 1, f"the file cannot be read: {reason}", "may it be read?")
    return None
