"""New files against a real queue: what was queued is told, what was given up is not, what was said is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.intake.desk import IntakeDesk
from core.intake.model import Order, Preflight
from core.jobs.local import open_store
from core.jobs.model import Batch
from core.jobs.store import JobStore
from core.paths import DataFolder
from core.template.model import Template

from .desk import codes, names, warned


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data").create()


@pytest.fixture
def store(folder: DataFolder) -> Iterator[JobStore]:
    store = open_store(None, folder.queue)
    yield store
    store.close()


def submit(store: JobStore, checked: Preflight) -> list[str]:
    jobs = [accepted.job for accepted in checked.accepted]
    (batch,) = checked.batches
    store.submit(Batch(batch, checked.batches[batch], len(jobs)), jobs)
    return [job.id for job in jobs]


def test_a_repeated_submit_is_told_unless_the_first_was_given_up(
    store: JobStore, folder: DataFolder, template: Template, tmp_path: Path
) -> None:
    desk, order = IntakeDesk(store, folder), Order(template, tmp_path / "films")
    sheet = tmp_path / "lote.csv"
    sheet.write_text("nombre,pedido\nAna,bici\nLeo,tren\n", encoding="utf-8")
    first = desk.check([sheet], order)
    assert warned(first) == []
    ids = submit(store, first)
    again = desk.check([sheet], order)
    assert warned(again) == [(2, "", "queued_already"), (3, "", "queued_already")]
    assert not {one.job.output for one in again.accepted} & {one.job.output for one in first.accepted}
    store.cancel(ids[:1])
    assert warned(desk.check([sheet], order)) == [(3, "", "queued_already")]


def test_columns_and_words_of_the_data_folder(
    store: JobStore, folder: DataFolder, template: Template, tmp_path: Path
) -> None:
    desk, order = IntakeDesk(store, folder), Order(template, tmp_path / "films")
    sheet = tmp_path / "lote.csv"
    sheet.write_text("Homenajeado,Deseo\nAna,brócoli idiota\n", encoding="utf-8")
    assert codes(desk.check([sheet], order)) == [(0, "", "name_column_missing")]
    desk.remember_columns(order, {"Homenajeado": "nombre", "Deseo": "pedidoNocheMagica"})
    assert warned(desk.check([sheet], order)) == [(2, "Deseo", "word_watched")]
    folder.words.mkdir()
    (folder.words / "es.txt").write_text("", encoding="utf-8")
    checked = IntakeDesk(store, folder).check([sheet], order)
    assert (names(checked), warned(checked)) == (["Ana"], [])
