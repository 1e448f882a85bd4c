"""What every script must keep to, whatever it does."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import lupa.lua51
import pytest

from core.jobs import scripts
from core.jobs.store import JobStore

from .conftest import Rig

GIVEN = {"redis", "KEYS", "ARGV", "tonumber", "tostring", "string", "table", "math", "ipairs", "pairs", "unpack"}


@dataclass
class Chunk:
    """Reads a compiled Lua 5.1 chunk, as `string.dump` gives it."""

    data: bytes
    at: int = 12

    def take(self, layout: str) -> int:
        (value,) = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return int(value)

    def text(self) -> str:
        size = self.take("Q")
        self.at += size
        return self.data[self.at - size : self.at].rstrip(b"\0").decode()

    def skip(self, size: int) -> None:
        self.at += size

    def globals(self) -> Iterator[tuple[str, str]]:
        """(`read` or `written`, name) for each global the function, or one inside it, touches."""
        self.text()
        self.skip(4 + 4 + 4)
        code = [self.take("I") for _ in range(self.take("I"))]
        constants = [self._constant() for _ in range(self.take("I"))]
        for instruction in code:
            if (how := {5: "read", 7: "written"}.get(instruction & 0x3F)) is not None:
                yield how, constants[instruction >> 14]
        for _ in range(self.take("I")):
            yield from self.globals()
        self.skip(4 * self.take("I"))
        for _ in range(self.take("I")):
            self.text()
            self.skip(8)
        for _ in range(self.take("I")):
            self.text()

    def _constant(self) -> str:
        kind = self.take("B")
        if kind == 4:
            return self.text()
        self.skip({0: 0, 1: 1, 3: 8}[kind])
        return ""


def touched(source: str) -> set[tuple[str, str]]:
    lua = lupa.lua51.LuaRuntime(encoding=None)
    data: bytes = lua.eval(b"function(source) return string.dump(assert(loadstring(source))) end")(source.encode())
    return set(Chunk(data).globals())


def test_the_reader_of_chunks_sees_globals_in_inner_functions() -> None:
    assert touched("local a = 1; b = a; local function f() if c then d.e = 2; g = 3 end end") == {
        ("written", "b"),
        ("read", "c"),
        ("read", "d"),
        ("written", "g"),
    }


@pytest.mark.parametrize("name", scripts.names())
def test_no_script_assigns_a_global(name: str) -> None:
    """On fakeredis one global breaks every later script of that server."""
    found = touched(scripts.source(name))
    assert {what for how, what in found if how == "written"} == set()
    assert {what for how, what in found if how == "read"} <= GIVEN


@pytest.mark.parametrize("name", scripts.names())
def test_scripts_say_what_they_use_and_use_it(name: str) -> None:
    """What isn't used costs time all the same: fakeredis compiles a script at every call."""
    source = scripts.source(name)
    for function in re.findall(r"^local function (\w+)", source, re.MULTILINE):
        assert len(re.findall(rf"\b{function}\(", source)) > 1, f"{function} is not used"
    assert "--" not in source


@pytest.mark.parametrize("name", scripts.names())
def test_scripts_are_small(name: str) -> None:
    assert len(scripts.source(name).splitlines()) < 190


def test_every_script_loads_on_every_backend(rig: Rig, store: JobStore) -> None:
    for name in scripts.names():
        assert rig.client.script_load(scripts.source(name))
    store.tick()
