"""`app.py cache`: what the caches hold, and emptying them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.console.status import DONE
from core.storage.cache import Usage
from core.studio import Studio


def cache(studio: Studio, action: str, *, as_json: bool) -> int:
    """`action` is `stats` or `clear`. What a film in the making uses is never removed."""
    found = studio.caches.clear() if action == "clear" else studio.caches.usage()
    if as_json:
        print(json.dumps({name: _as_dict(usage) for name, usage in found.items()}))
    else:
        _tell(found, "removed" if action == "clear" else "held")
    return DONE


def _as_dict(usage: Usage) -> dict[str, int]:
    return {"files": usage.files, "bytes": usage.bytes, "limit_bytes": usage.limit_bytes}


def _tell(found: Mapping[str, Usage], done: str) -> None:
    for name, usage in found.items():
        limit = f" of {usage.limit_bytes / 1e6:.0f}" if usage.limit_bytes and done == "held" else ""
        print(f"{name}: {usage.files} files, {usage.bytes / 1e6:.1f}{limit} MB {done}")
