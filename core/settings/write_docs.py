"""`python -m core.settings.write_docs`: writes docs/settings.md from the declaration. A test says when to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.paths import ROOT
from core.settings.about import Group, Kind, Reach
from core.settings.declaration import Declared, declared
from core.settings.names import RENAMED

FILE = ROOT / "docs" / "settings.md"

_BEFORE = """# Settings

*Written by `python -m core.settings.write_docs` from the declaration in `core/settings/`; don't edit it by hand.*

A value comes from the first of these that has it:

1. the command line: `--redis-url`, `--log-level`; `--workers` and `--out` for one command;
2. the environment, under the name below;
3. for keys and the address of a Redis: the system's keyring, or `keys.json` in the data folder where there is none;
4. `settings.toml` in the data folder, under the same name in lower case;
5. the default.

The Settings page of the window shows all of them, says where each comes from, checks what is written while it is
written, and changes `settings.toml` one value at a time: comments and whatever else stands there stay. What the
environment or the command line sets is shown and can't be changed there. A value that can't be used is named at the
start, with what it may be, and nothing is started; a file that can't be read is told and never written over. A name
that is no setting is left alone and told, with the one that was probably meant. Older names go on working, and are
carried over when the file is changed: {renamed}.

**When a change counts.** *now*: at once, also for workers that run. *next film*: films that are begun from then on; one
in the making keeps what it was begun with. *restart*: when Trineo is started again.

**Keys** are entered on the Settings page, never shown again, and kept in the system's keyring (Windows' Credential
Manager, macOS' Keychain, Linux' Secret Service). Where there is none that works (a computer without a desktop), they
are in `keys.json` in the data folder, readable by its owner only (mode 0600). Windows has no such mode: there the file
is as safe as the data folder, which is part of the user's own profile. A keyring that is locked or does not answer
within five seconds holds nothing up: the page says so, and films that need the key wait. A key in `settings.toml` works
too, and anybody who can read that file can read it; entering it on the page takes it out. A `.env` file is imported and
exported on the page, too; keys go into one only when asked for.
"""

_AFTER = """
## Beside the settings

`IMAGEIO_FFMPEG_EXE` names another FFmpeg than the one that comes with Trineo (it must be able to encode H.264 with
libx264).

The data folder is `Trineo` among your user's application data (`--data-dir` names another). It holds the queue
(`queue/`), shared pieces of film and spoken lines (`cache/`), films in the making and temporary files (`work/`), which
cached pieces are whose (`traces/`), the log (`logs/`) and the settings. It is readable by its owner only: the queue
holds children's names and texts. Language, appearance and the window's place are in `window.ini` there.
"""

_NOTES = {
    Group.ELEVENLABS: "docs/providers.md says what each service needs, costs and does when it is down.",
    Group.UPKEEP: "docs/operations.md says how to run it.",
}
_REACH = {Reach.NOW: "now", Reach.NEXT_FILM: "next film", Reach.RESTART: "restart"}
_DEFAULTS = {
    "output_dir": "`Trineo` in your videos folder",
    "workers": "one a processor core, at most 8",
    "audio_cache_dir": "`cache/speech` in the data folder",
}


def text() -> str:
    """The whole of docs/settings.md."""
    renamed = ", ".join(f"`{old.upper()}` for `{new.upper()}`" for old, new in RENAMED.items())
    parts = [_BEFORE.replace("{renamed}", renamed)]
    for group in Group:
        members = [setting for setting in declared().values() if setting.about.group is group]
        note = f"\n{_NOTES[group]}\n" if group in _NOTES else ""
        parts.append(f"\n## {group.value}\n{note}\n" + "\n".join(_table(members)) + "\n")
    return "".join(parts) + _AFTER


def _table(settings: list[Declared]) -> Iterator[str]:
    yield "| name | default | what it does | counts |"
    yield "|---|---|---|---|"
    for setting in settings:
        about = setting.about
        may_be = f" One of {', '.join(f'`{one}`' for one in setting.choices)}." if _is_chosen(setting) else ""
        kept = " A key." if about.kind is Kind.KEY else ""
        yield f"| `{setting.name}` | {_default(setting)} | {about.meaning}{may_be}{kept} | {_REACH[about.reach]} |"


def _is_chosen(setting: Declared) -> bool:
    return bool(setting.choices) and bool not in setting.types


def _default(setting: Declared) -> str:
    if setting.key in _DEFAULTS:
        return _DEFAULTS[setting.key]
    return f"`{setting.default_text}`" if setting.default_text else "empty"


def main(file: Path = FILE) -> None:
    file.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
