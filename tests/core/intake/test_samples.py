"""The samples: what a newcomer renders first, and the mistakes that show how they are told."""

from __future__ import annotations

from pathlib import Path

from core.template.script import spoken_sections

from .desk import Desk, codes, names

SAMPLES = Path(__file__).parents[3] / "resources/samples"


def test_the_good_sample_is_all_good(desk: Desk) -> None:
    checked = desk.check(SAMPLES / "lote-navidad.csv")
    assert names(checked) == ["Sofía", "Iñaki", "Valentina D'Angelo", "Benjamín", "Martina", "Zoë"]
    assert (checked.refused, checked.notices) == ((), ())
    assert [accepted.job.language for accepted in checked.accepted] == ["es"] * 5 + ["en"]
    assert all(accepted.job.fields.keys() == desk.template.fields.keys() for accepted in checked.accepted)
    assert max(len(text) for accepted in checked.accepted for text in accepted.job.fields.values()) >= 400


def test_what_is_said_reads_as_one_text(desk: Desk) -> None:
    for accepted in desk.check(SAMPLES / "lote-navidad.csv").accepted:
        job = accepted.job
        said = " ".join(one.text for one in spoken_sections(desk.template, job.language, job.fields))
        assert all(text in said for text in job.fields.values())
        assert not any(slip in said for slip in (" de el ", " a el ", "..", "!.", "?.", "  ", "{"))


def test_every_mistake_is_told_beside_the_good_rows(desk: Desk) -> None:
    checked = desk.check(SAMPLES / "lote-con-errores.csv")
    assert [(a.job.row, a.job.name) for a in checked.accepted] == [(2, "Joaquín"), (8, "Emily")]
    assert codes(checked) == [
        (3, "nombre", "field_missing"),
        (4, "nombre", "too_long"),
        (5, "idioma", "language_unknown"),
        (6, "", "too_many_cells"),
        (7, "provincia", "too_long"),
    ]


def test_the_letter_is_a_job(desk: Desk) -> None:
    checked = desk.check(SAMPLES / "carta-sofia.txt")
    assert names(checked) == ["Sofía"]
    assert checked.accepted[0].job.script.startswith("¡Sofía, qué alegría")
    assert list(checked.batches.values()) == ["samples"]
