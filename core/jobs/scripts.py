"""The Lua scripts, each with the parts it uses put before it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "scripts"
_USES = re.compile(r"^-- uses: (.+)$", re.MULTILINE)
_COMMENT = re.compile(r"^\s*--.*\n|[ \t]+-- .*$", re.MULTILINE)


def names() -> list[str]:
    return sorted(path.stem for path in _FOLDER.glob("*.lua"))


@cache
def source(name: str) -> str:
    """The whole text of script `name` as it is sent: `-- uses:` resolved, comments gone.

    fakeredis compiles it anew at every call, so what isn't used isn't sent.
    """
    text = _read(f"{name}.lua")
    uses = _USES.search(text)
    parts = [_read(f"lib/{part}.lua") for part in uses[1].split()] if uses else []
    return _COMMENT.sub("", "\n".join(["local P = KEYS[1]", *parts, text]))


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
