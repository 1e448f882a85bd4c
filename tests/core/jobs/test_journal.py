"""The journal's file: what is written comes back, and what is not what was written is noticed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import EnvironmentFault, TrineoError
from core.jobs.journal import FORMAT, TITLE, Journal, decode, encode, lines

texts = st.text(st.characters(exclude_categories=[]))
ENTRIES = [["do", "submit", ["17", "Íñigo\n\u2028🎄", str(n)]] for n in range(5)]


@given(st.lists(texts | st.integers() | st.lists(texts) | st.dictionaries(texts, texts)))
def test_a_line_comes_back_as_it_was(entry: list[object]) -> None:
    line = encode(entry)
    assert line.count(b"\n") == 1
    assert decode(line) == entry


@given(st.lists(texts), st.data())
def test_a_line_with_a_byte_changed_is_noticed(entry: list[str], data: st.DataObject) -> None:
    line = bytearray(encode(entry))
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    found = decode(bytes(line))
    assert found is None


@given(st.binary())
def test_any_bytes_can_be_looked_at(raw: bytes) -> None:
    assert decode(raw) is None


def test_a_journal_cut_anywhere_keeps_every_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "queue.journal"
    journal = Journal(path, length=0)
    journal.append(ENTRIES)
    journal.close()
    whole = path.read_bytes()
    ends = [0, *(line.end for line in lines(path))]
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        found = [line for line in lines(path) if line.entry]
        assert [line.end for line in found] == [end for end in ends[1:] if end <= cut]


def test_it_goes_on_where_it_was_told_to(tmp_path: Path) -> None:
    path = tmp_path / "queue.journal"
    journal = Journal(path, length=0)
    journal.append(ENTRIES[:2])
    journal.close()
    end = path.stat().st_size
    with path.open("ab") as file:
        file.write(b"half a li")
    journal = Journal(path, length=end)
    journal.append(ENTRIES[2:])
    journal.close()
    assert [line.entry for line in lines(path)] == [[TITLE, FORMAT], *ENTRIES]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "queue.journal"
    journal = Journal(path, length=0)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    journal.rewrite(ENTRIES)
    journal.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "queue.journal"
    path.write_bytes(encode([TITLE, FORMAT + 1]) + encode(["whatever"]))
    with pytest.raises(TrineoError) as caught:
        list(lines(path))
    assert caught.value.code == "queue_format"


def test_rewriting_puts_a_new_file_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "queue.journal"
    journal = Journal(path, length=0)
    journal.append(ENTRIES)
    journal.rewrite(ENTRIES[:1])
    journal.append(ENTRIES[3:])
    journal.close()
    assert [line.entry for line in lines(path)] == [[TITLE, FORMAT], ENTRIES[0], *ENTRIES[3:]]
    assert [one.name for one in tmp_path.iterdir()] == ["queue.journal"]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_rewrite_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "queue.journal"
    journal = Journal(path, length=0)
    journal.append(ENTRIES)
    before = path.read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if step == "replace":
            patch.setattr(Path, "replace", refuse)
        elif step == "fsync":
            patch.setattr(os, "fsync", refuse)
        else:
            patch.setattr("core.jobs.journal.encode", refuse)
        with pytest.raises(EnvironmentFault) as caught:
            journal.rewrite(ENTRIES[:1])
    assert caught.value.waits_for == "disk"
    assert path.read_bytes() == before
    journal.append(ENTRIES[:1])
    journal.close()
    assert [line.entry for line in lines(path)] == [[TITLE, FORMAT], *ENTRIES, ENTRIES[0]]
    assert [one.name for one in tmp_path.iterdir()] == ["queue.journal"]
