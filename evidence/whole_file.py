"""Write a file whole or not at all.

A reader of `report.html` must never meet half a page: not when the disk is full, not when the
program is interrupted. The new content goes to a file beside the old one and takes its place in
one step.
"""

import os
import stat
from pathlib import Path


class NotWrittenError(OSError):
    """A file that could not be written, and why; nothing of it is left behind."""


def write(path: str | os.PathLike[str], content: str | bytes) -> Path:
    """The path, once all of `content` is there; text is UTF-8 with the line ends it has.

    A link stays a link, an existing file keeps its permissions, and a device or pipe
    (`/dev/stdout`) is written straight through.

    Raises
    ------
    NotWrittenError
        The folder does not exist, the path is a folder, or writing is not allowed there.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write(folder / "a.txt", "one\\n").read_text()
    'one\\n'
    >>> sorted(file.name for file in folder.iterdir())
    ['a.txt']
    """
    path = Path(path)
    data = content.encode("utf-8") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    try:
        mode = _mode(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise NotWrittenError(f"{path} is a folder; name a file in it")
        if mode is not None and not stat.S_ISREG(mode):
            target.write_bytes(data)
        else:
            _replace(target, data, mode)
    except NotWrittenError:
        raise
    except FileNotFoundError as error:
        raise NotWrittenError(f"{path} was not written: there is no folder {path.parent}") from error
    except OSError as error:
        raise NotWrittenError(f"{path} was not written: {error.strerror or error}") from error
    return path


def _mode(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Put `data` beside the target, make sure that it is on the disk, and swap the names."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.partial")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(beside, stat.S_IMODE(mode))
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
