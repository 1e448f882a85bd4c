"""The house rules: imports run one way, nothing is circular, and no file holds two ideas."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the top of the house to its cellar: a module may import from its own room and from those below.
LAYERS = (
    ("app",),
    ("providers.assembly",),
    ("gui", "core.console"),
    ("core.studio",),
    ("providers",),
    ("core.upkeep",),
    ("core.desk", "core.workers"),
    ("core.metrics",),
    ("core.render",),
    ("core.intake",),
    ("core.template",),
    ("core.jobs",),
    ("core.media",),
    ("core.settings", "core.storage", "core.logs"),
    ("core.version",),
    ("core.events", "core.paths", "core.memory"),
    ("core.jobs.model",),
    ("core.errors",),
    ("core.text", "core.progress", "core"),
)
OUTSIDE_CORE = ("PySide6", "shiboken6", "qasync", "gui", "providers", "app")


def modules() -> dict[str, Path]:
    files = [ROOT / "app.py", *(file for top in ("core", "gui", "providers") for file in (ROOT / top).rglob("*.py"))]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports() -> dict[str, set[str]]:
    """Each of our modules and which of our modules it imports."""
    known = modules()
    graph: dict[str, set[str]] = {}
    for name, file in known.items():
        targets = set()
        for target in imported(file):
            for candidate in (target, target.rpartition(".")[0]):
                if candidate in known:
                    targets.add(candidate)
                    break
        graph[name] = targets - {name}
    return graph


def layer(module: str) -> int:
    fits = [
        (len(room), depth)
        for depth, rooms in enumerate(LAYERS)
        for room in rooms
        if module == room or (module.startswith(f"{room}.") and room != "core")
    ]
    assert fits, f"{module} has no place in the house: give it one in LAYERS and docs/architecture.md"
    return max(fits)[1]


def test_imports_run_down_the_house() -> None:
    upward = [
        f"{module} → {target}"
        for module, targets in own_imports().items()
        for target in targets
        if layer(target) < layer(module)
    ]
    assert not upward


def test_core_knows_no_qt_no_window_and_no_provider() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, file in modules().items()
        if name.startswith("core")
        for target in imported(file)
        if target.split(".")[0] in OUTSIDE_CORE
    ]
    assert not wrong


def test_there_are_no_circles() -> None:
    graph = own_imports()
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module in done:
            return
        for target in sorted(graph[module]):
            visit(target, (*path, module))
        done.add(module)

    for module in sorted(graph):
        visit(module, ())


def test_only_the_ffmpeg_module_starts_ffmpeg() -> None:
    starters = {
        name
        for name, file in modules().items()
        if re.search(r"^import subprocess|subprocess\.(Popen|run)", file.read_text(encoding="utf-8"), re.M)
    }
    assert starters == {"core.media.ffmpeg", "providers.espeak", "providers.wav2lip"}


@pytest.mark.parametrize("name", sorted(modules()))
def test_files_stay_small(name: str) -> None:
    lines = len(modules()[name].read_text(encoding="utf-8").splitlines())
    assert lines <= 320, f"{name} has {lines} lines: look for a second idea in it"


def test_no_module_is_called_after_nothing() -> None:
    vague = re.compile(r"(^|\.)(utils?|helpers?|misc|common)$")
    assert not [name for name in modules() if vague.search(name)]


def test_lock_files_pin_everything_and_name_no_host() -> None:
    for lock in (ROOT / "packaging").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        pins = re.findall(r"^([\w.-]+)==\S+", text, re.M)
        assert len(pins) > 10
        assert text.count("==") >= len(pins)
        assert all(f"{pin}==" in text for pin in pins)
        assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) >= len(pins)
