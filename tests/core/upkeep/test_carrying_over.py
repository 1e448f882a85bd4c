"""A data folder from another Trineo: an older one's is carried over, a newer one's refused and left as it is."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import QueueLocked, TrineoError, UsageError
from core.jobs import journal
from core.jobs.local import open_store
from core.paths import DataFolder
from core.upkeep.carrying_over import FORMATS, STEPS, Stamp, Step, carry_over, read_stamp
from tests.stand_ins import raises_code

NOW = {"queue": 3, "settings": 1, "cache": 2}


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data").create()


def stamped(folder: DataFolder, trineo: str, **formats: int) -> None:
    folder.stamp_file.write_text(json.dumps({"trineo": trineo, "formats": formats}))


def contents(folder: DataFolder) -> dict[str, bytes]:
    return {str(file.relative_to(folder.root)): file.read_bytes() for file in folder.root.rglob("*") if file.is_file()}


class Taken:
    """Steps that note that they were taken."""

    def __init__(self, failing: tuple[str, int] | None = None) -> None:
        self.taken: list[tuple[str, int]] = []
        self.failing = failing
        self.steps = {one: self._step(one) for one in (("queue", 1), ("queue", 2), ("cache", 1))}

    def _step(self, one: tuple[str, int]) -> Step:
        def step(folder: DataFolder) -> None:
            if one == self.failing:
                raise OSError("killed here")
            self.taken.append(one)

        return step


def test_every_format_there_was_has_a_step_to_the_next() -> None:
    assert FORMATS["queue"] == journal.FORMAT
    assert set(STEPS) == {(part, number) for part, now in FORMATS.items() for number in range(1, now)}


def test_a_new_folder_is_stamped(folder: DataFolder) -> None:
    assert carry_over(folder, "0.1.0") == []
    assert read_stamp(folder) == Stamp("0.1.0", dict(FORMATS))


def test_an_older_folder_is_carried_over_step_by_step_and_once(folder: DataFolder) -> None:
    stamped(folder, "0.1.0", queue=1, settings=1, cache=2)
    steps = Taken()
    assert carry_over(folder, "2.0.0", NOW, steps.steps) == ["queue"]
    assert steps.taken == [("queue", 1), ("queue", 2)]
    assert read_stamp(folder) == Stamp("2.0.0", NOW)
    assert carry_over(folder, "2.0.0", NOW, steps.steps) == []
    assert len(steps.taken) == 2


def test_a_folder_of_before_there_were_stamps_is_the_oldest(folder: DataFolder) -> None:
    steps = Taken()
    assert carry_over(folder, "2.0.0", NOW, steps.steps) == ["queue", "cache"]
    assert steps.taken == [("queue", 1), ("queue", 2), ("cache", 1)]


@pytest.mark.parametrize(
    "content", ["", "null", "[]", "{", '{"trineo": "1"}', '{"trineo": "1", "formats": {"queue": "x"}}']
)
def test_a_stamp_that_cannot_be_read_is_as_none(folder: DataFolder, content: str) -> None:
    folder.stamp_file.write_text(content)
    assert carry_over(folder, "0.1.0") == []
    assert read_stamp(folder) == Stamp("0.1.0", dict(FORMATS))


def test_what_was_cut_short_goes_on_where_it_was(folder: DataFolder) -> None:
    stamped(folder, "0.1.0", queue=1, settings=1, cache=1)
    with pytest.raises(OSError, match="killed here"):
        carry_over(folder, "2.0.0", NOW, Taken(failing=("queue", 2)).steps)
    assert read_stamp(folder).formats["queue"] == 2
    steps = Taken()
    carry_over(folder, "2.0.0", NOW, steps.steps)
    assert steps.taken == [("queue", 2), ("cache", 1)]


@pytest.mark.parametrize("formats", [{"queue": 2}, {"settings": 2}, {"cache": 7, "queue": 1}, {"unheard_of": 1}])
def test_a_newer_folder_is_refused_and_left_as_it_is(folder: DataFolder, formats: dict[str, int]) -> None:
    stamped(folder, "3.1.4", **formats)
    (folder.queue / "queue.journal").write_bytes(b"of the future")
    before = contents(folder)
    with pytest.raises(UsageError) as caught:
        carry_over(folder, "0.1.0")
    assert caught.value.code == "data_folder_newer"
    assert "3.1.4" in str(caught.value)
    assert "0.1.0" in str(caught.value)
    assert str(folder.root) in str(caught.value)
    assert contents(folder) == before


def test_a_newer_trineo_with_the_same_formats_is_no_reason_to_refuse(folder: DataFolder) -> None:
    stamped(folder, "9.0.0", **FORMATS)
    assert carry_over(folder, "0.1.0") == []
    assert read_stamp(folder).trineo == "0.1.0"


def test_nothing_is_carried_over_under_a_program_that_works_on_it(folder: DataFolder) -> None:
    stamped(folder, "0.1.0", queue=1, settings=1, cache=1)
    steps = Taken()
    with closing(open_store(None, folder.queue)), raises_code(QueueLocked, "queue_locked"):
        carry_over(folder, "2.0.0", NOW, steps.steps)
    assert steps.taken == []
    carry_over(folder, "2.0.0", NOW, steps.steps)
    with closing(open_store(None, folder.queue)) as store:  # and it is let go of afterwards
        assert not store.read_only


def test_a_newer_journal_is_refused_even_without_a_stamp(folder: DataFolder) -> None:
    line = journal.encode((journal.TITLE, journal.FORMAT + 1))
    (folder.queue / "queue.journal").write_bytes(line)
    with raises_code(TrineoError, "queue_format"):
        open_store(None, folder.queue)
    assert (folder.queue / "queue.journal").read_bytes() == line
