"""`python -m gui.language.update_translations`: brings resources/i18n up to the code, lists what is untranslated."""

from __future__ import annotations

import sys
from pathlib import Path

from core.paths import ROOT, resources
from gui.language.translatable import Found, translatable
from gui.language.ts_file import Message, read_ts, write_ts


def main() -> int:
    found = translatable(ROOT)
    folder = resources() / "i18n"
    missing = _update(folder / "trineo_es.ts", "es", found)
    # English is what the code says, but for counted messages: there it needs "film" and "films".
    missing += _update(folder / "trineo_en.ts", "en", {one for one in found if one.counted})
    for line in missing:
        print(line)
    print(f"{len(missing)} to translate." if missing else "Nothing to translate.")
    return 1 if missing else 0


def _update(file: Path, language: str, found: set[Found]) -> list[str]:
    """Adds what is new, drops what is gone; the lines that are still to be translated."""
    known = read_ts(file)
    kept = []
    for one in sorted(found):
        message = known.get((one.context, one.source))
        if message is None or message.counted != one.counted:
            message = Message(one.context, one.source, ("", "") if one.counted else ("",), one.counted)
        kept.append(message)
    write_ts(file, language, kept)
    return [f"{file.name}: {one.context}: {one.source}" for one in kept if not one.finished]


if __name__ == "__main__":
    sys.exit(main())
