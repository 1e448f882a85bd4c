"""Whatever becomes of a file on its way: an answer in time, never a traceback, and the good file beside it stays good.

A mutated file of the corpus each time; `make fuzz` tries 20,000 of them (`FUZZ_EXAMPLES`), the normal suite a few.
"""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.intake.model import Order
from core.intake.preflight import preflight
from core.intake.refused import export_refused
from core.template.model import Template

CORPUS = Path(__file__).parent / "corpus"
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "120"))
LIMIT_S = 20.0  # for one file, on a machine that does other things as well
SEEDS = {file.name: file.read_bytes() for file in sorted(CORPUS.iterdir())}
ENDINGS = (".csv", ".tsv", ".txt", ".md", ".xlsx", ".ods", ".json", ".jsonl", ".docx", ".zip", ".xls", ".bin")
SPICE = [
    b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\0", b"'", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff",
    b"\xed\xa0\x80", b"\xe9", b"\x8e", "\u202e".encode(), "\u2028".encode(), b"sep=;\n", b"{x}", b"{nombre}", b"%s",
    b"nombre", b"=1+1", b"../", b"CON", b"\x1a", b"x" * 3000, b"<", b">", b"</", b"/>", b"&amp;", b"&#0;", b"]]>",
    b"<!--", b"<!DOCTYPE x>", b"<c r=\"XFD9\"><v>1</v></c>", b"<c t=\"s\"><v>-1</v></c>",
    b"<c t=\"s\"><v>99999</v></c>", b"<c s=\"999\"><v>1</v></c>", b"<c t=\"d\"><v>x</v></c>", b"<row r=\"2000000\"/>",
    b"<row r=\"0\">", b"9" * 400, b"1e999", b"-", b"NaN", b"[", b"]", b"{", b"}", b"[[[[", b"\\ud800", b"null",
    b"1048576", b"<text:s text:c=\"999999999\"/>", b"table:number-rows-repeated=\"9\" ", b"<w:tbl><w:tr><w:tc>",
    b"</w:tc></w:tr></w:tbl>", b"<w:del>", b"PK\x03\x04", b"PK\x01\x02", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
]  # fmt: skip


def spoilt(data: bytes, draw: Callable[[st.SearchStrategy[int | bytes]], int | bytes]) -> bytes:
    """A few stretches of it replaced, doubled or gone; sometimes its end."""
    for _ in range(_number(draw, 1, 5)):
        start = _number(draw, 0, len(data))
        end = start + _number(draw, 0, 60)
        piece = draw(st.sampled_from(SPICE) | st.binary(max_size=8) | st.just(data[start:end] * 2) | st.just(b""))
        assert isinstance(piece, bytes)
        data = data[:start] + piece + data[end:]
    return data[: _number(draw, 0, len(data))] if _number(draw, 0, 9) == 0 else data


def _number(draw: Callable[[st.SearchStrategy[int | bytes]], int | bytes], least: int, most: int) -> int:
    number = draw(st.integers(least, most))
    assert isinstance(number, int)
    return number


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A name and what is in it. Of what is packed, a part is spoilt and packed again, else nothing would be met."""
    name = draw(st.sampled_from(sorted(SEEDS)))
    data = SEEDS[name]
    if zipfile.is_zipfile(io.BytesIO(data)) and draw(st.integers(0, 4)):
        data = _repacked(data, draw)
    else:
        data = spoilt(data, draw)
    ending = draw(st.sampled_from(ENDINGS)) if draw(st.integers(0, 7)) == 0 else Path(name).suffix
    return f"lote{ending}", data


def _repacked(data: bytes, draw: st.DrawFn) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        members = [member for member in old.infolist() if member.file_size < 2_000_000]
        victim = draw(st.sampled_from(members)) if members else None
        for member in members:
            content = old.read(member)
            new.writestr(member.filename, spoilt(content, draw) if member is victim else content)
    return made.getvalue()


@pytest.mark.timeout(0 if "FUZZ_EXAMPLES" in os.environ else 180)
def test_spoilt_files_of_the_corpus(template: Template, tmp_path: Path) -> None:
    good = tmp_path / "bien.csv"
    good.write_text("nombre\nAna\n", encoding="utf-8")
    order = Order(template, tmp_path / "films")

    @settings(
        max_examples=EXAMPLES,
        deadline=timedelta(seconds=LIMIT_S),
        phases=(Phase.generate, Phase.shrink),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated())
    def answered(case: tuple[str, bytes]) -> None:
        name, data = case
        file = tmp_path / name
        file.write_bytes(data)
        started = time.monotonic()
        checked = preflight([file, good], order, taken=lambda _: False)
        assert time.monotonic() - started < LIMIT_S
        file.unlink()
        assert json.dumps(checked.as_dict(), ensure_ascii=False).encode("utf-8")
        assert checked.accepted[-1].job.name == "Ana", "the good file beside it"
        assert checked.refused or checked.notices or len(checked.accepted) > 1, "every file gets an answer"
        for accepted in checked.accepted:
            assert accepted.job.to_json().encode()
            assert accepted.job.name.strip()
            film = Path(accepted.job.output)
            assert film.is_relative_to(order.out)
            assert len(film.relative_to(order.out).parts) == 2
        assert len({accepted.job.output.casefold() for accepted in checked.accepted}) == len(checked.accepted)
        export_refused(checked, tmp_path / "refused.csv")
        again = preflight([tmp_path / "refused.csv"], order, taken=lambda _: False)
        corrected = [one for one in again.accepted if not one.warnings]
        assert not corrected or len(again.accepted) <= len(checked.rows), (
            "what was refused is not let in by the back door"
        )

    answered()
