"""Memory goes back where the system has to be told."""

from __future__ import annotations

import ctypes
import sys

import psutil
import pytest

from core.memory import hand_back_memory

_PIECE, _PIECES = 4000, 20_000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it is given back at once")
@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="not the GNU C library")
def test_what_lies_between_kept_pieces_is_given_back() -> None:
    pieces = [bytes(_PIECE) for _ in range(_PIECES)]
    kept = pieces[::100]
    before = psutil.Process().memory_info().rss
    del pieces
    hand_back_memory()
    assert psutil.Process().memory_info().rss < before - _PIECE * _PIECES / 2
    assert all(len(piece) == _PIECE for piece in kept)


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not hand_back_memory()
