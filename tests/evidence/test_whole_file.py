"""A file is written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from evidence import whole_file


def test_text_is_utf_8_with_the_line_ends_it_has(tmp_path: Path) -> None:
    whole_file.write(tmp_path / "a.txt", "χ²\nline\r\n")
    assert (tmp_path / "a.txt").read_bytes() == "χ²\nline\r\n".encode()


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch) -> None:
    old = whole_file.write(tmp_path / "a.txt", "old")

    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        whole_file.write(old, "new")
    assert old.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_full_disk_is_said_with_the_name_of_the_file(tmp_path: Path, monkeypatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(whole_file.NotWrittenError, match=r"a\.txt was not written: No space left"):
        whole_file.write(tmp_path / "a.txt", "new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(whole_file.NotWrittenError, match="is a folder; name a file in it"):
        whole_file.write(tmp_path, "text")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(whole_file.NotWrittenError, match="there is no folder .*nowhere"):
        whole_file.write(tmp_path / "nowhere" / "a.txt", "text")


def test_a_file_in_the_way_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(whole_file.NotWrittenError, match="was not written: Not a directory"):
        whole_file.write(tmp_path / "file" / "a.txt", "text")


def test_a_link_stays_a_link_and_its_file_keeps_its_permissions(tmp_path: Path) -> None:
    real = whole_file.write(tmp_path / "real.txt", "old")
    real.chmod(0o640)
    (tmp_path / "link.txt").symlink_to(real)
    whole_file.write(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_device_is_written_straight_through() -> None:
    assert whole_file.write(os.devnull, "text") == Path(os.devnull)
