"""How names are said, when a child is forgotten, and when help is asked for."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.jobs.local import open_store
from core.jobs.store import JobStore
from core.paths import DataFolder
from core.settings.declaration import Settings
from core.storage.caches import Caches
from core.template.lexicon import Lexicon
from core.upkeep.forgetting import forms
from core.upkeep.running import Running
from tests.stand_ins import make_jobs


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data").create()


@pytest.fixture
def store(folder: DataFolder) -> Iterator[JobStore]:
    with closing(open_store(None, folder.queue)) as store:
        yield store


@pytest.fixture
def running(folder: DataFolder, store: JobStore, tmp_path: Path) -> Running:
    return Running(Settings(output_dir=tmp_path / "films"), folder, store, Caches({}))


@pytest.fixture
def lexicon(folder: DataFolder) -> Lexicon:
    lexicon = Lexicon(folder.names_file)
    lexicon.say("Zoë Ñandú", "Soi Ñandu", "es")
    lexicon.say("zoe nandu", "Zoi", "en")
    lexicon.say("Leo", "Lio", "es")
    return lexicon


def test_a_name_is_forgotten_with_how_it_is_said(running: Running, lexicon: Lexicon, folder: DataFolder) -> None:
    assert running.forget(name="ZOË ÑANDÚ", dry_run=True).spellings == 2
    assert sum(map(len, lexicon.all().values())) == 3
    gone = running.forget(name="ZOË ÑANDÚ")
    assert (gone.jobs, gone.spellings, gone.spellings_kept) == (0, 2, 0)
    assert lexicon.all() == {"es": {"Leo": "Lio"}}
    files = [file for file in folder.root.rglob("*") if file.is_file()]
    assert not [file for file in files for form in forms("Ñandú") if form in file.read_bytes()]


def test_of_a_batch_it_is_kept_for_the_next_child_unless_asked(
    running: Running, lexicon: Lexicon, store: JobStore
) -> None:
    for spellings in (False, True):
        batch, jobs = make_jobs(1)
        store.submit(batch, [jobs[0].edited(name="Zoë Ñandú", respelled={"Leo": "Lio"})])
        gone = running.forget(batch=batch.id, spellings=spellings)
        assert (gone.jobs, gone.spellings, gone.spellings_kept) == ((1, 3, 0) if spellings else (1, 0, 3))
    assert lexicon.all() == {}


def test_what_help_is_asked_for_with_holds_no_name(running: Running, lexicon: Lexicon, tmp_path: Path) -> None:
    assert lexicon.all()
    file = tmp_path / "help.zip"
    running.support(file, list)
    with zipfile.ZipFile(file) as bundle:
        everything = b"".join(bundle.read(name) + name.encode() for name in bundle.namelist())
    assert not [form for word in ("Ñandú", "Soi", "Lio", "names.toml") for form in forms(word) if form in everything]
