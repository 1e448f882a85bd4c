"""Whatever is in a file: an answer, never a traceback, and good rows beside it stay good."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .desk import Desk

SAMPLES = Path(__file__).parents[3] / "resources/samples"
SEEDS = [file.read_bytes() for file in sorted(SAMPLES.iterdir()) if file.is_file()]
SPICE = [
    b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\0", b"'", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff",
    b"\xed\xa0\x80", b"\xe9", b"\x8e", "\u202e".encode(), "\u2028".encode(), b"sep=;\n", b"{x}", b"%s",
    b"nombre", b"nombre: ", b"texto", b"=1+1", b"../", b"CON", b"\x1a", b"x" * 200,
]  # fmt: skip

fuzz = settings(
    max_examples=150,
    deadline=timedelta(seconds=5),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sample, with a few stretches of it replaced or doubled."""
    data = draw(st.sampled_from([*SEEDS, b"nombre,pedido\nAna,bici\nLeo,tren\n"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-16", "cp1252", "mac_roman"]))
    data = data.decode().encode(encoding, "replace")
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 40))
        piece = draw(st.sampled_from(SPICE) | st.binary(max_size=8) | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data


def answered(desk: Desk, name: str, data: bytes) -> None:
    checked = desk.check(desk.put(name, data), desk.put("bien.csv", "nombre\nAna\n"))
    assert json.dumps(checked.as_dict(), ensure_ascii=False).encode()
    assert checked.accepted[-1].job.name == "Ana", "the good file beside it"
    assert checked.refused or len(checked.accepted) > 1, "every file gets an answer"
    for accepted in checked.accepted:
        assert accepted.job.to_json().encode()
        assert accepted.job.name.strip()
        assert Path(accepted.job.output).is_relative_to(desk.out)
        assert len(Path(accepted.job.output).relative_to(desk.out).parts) == 2
    assert len({accepted.job.output.casefold() for accepted in checked.accepted}) == len(checked.accepted)


@pytest.mark.parametrize("name", ["lote.csv", "Sofía.txt"])
@fuzz
@given(data=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_random_content(desk: Desk, name: str, data: bytes) -> None:
    answered(desk, name, data)


@pytest.mark.parametrize("name", ["lote.csv", "Sofía.txt"])
@fuzz
@given(data=mutated())
def test_spoilt_samples(desk: Desk, name: str, data: bytes) -> None:
    answered(desk, name, data)


@fuzz
@given(st.text(alphabet='a",\n; \r', max_size=60))
def test_quotation_marks_in_every_order(desk: Desk, text: str) -> None:
    answered(desk, "lote.csv", f"nombre,pedido\n{text}\n".encode())
