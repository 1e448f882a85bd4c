"""What goes into the program that people install, and what stays out. pyinstaller.spec and the tests ask here."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent

Row = tuple[str, str, str]
"""PyInstaller's own: the place in the bundle, the file, and its kind (BINARY, DATA, SYMLINK, …)."""

# Not needed to run: a template's drawing program, and what Python leaves behind.
_NOT_SHIPPED = re.compile(r"^templates/[^/]+/art/|(^|/)__pycache__/|\.py[cod]$|(^|/)\.")

HIDDEN = (
    "lupa",
    "lupa.lua51",  # fakeredis asks for it by a name it puts together
    "providers.espeak_process",
)

# Whole packages whose parts are loaded by names put together while running.
SUBMODULES = ("fakeredis", "rich._unicode_data", "elevenlabs")

EXCLUDED = (
    *(
        f"PySide6.{module}"
        for module in (
            "QtQml",
            "QtQuick",
            "QtQuick3D",
            "QtQuickControls2",
            "QtQuickWidgets",
            "QtPdf",
            "QtPdfWidgets",
            "QtWebEngineCore",
            "QtWebEngineQuick",
            "QtWebEngineWidgets",
            "QtWebChannel",
            "QtWebSockets",
            "QtWebView",
            "QtDesigner",
            "QtUiTools",
            "QtHelp",
            "QtSql",
            "QtTest",
            "QtCharts",
            "QtDataVisualization",
            "QtGraphs",
            "QtBluetooth",
            "QtPositioning",
            "QtLocation",
            "QtSensors",
            "QtSerialPort",
            "QtSerialBus",
            "QtNfc",
            "QtRemoteObjects",
            "QtScxml",
            "QtTextToSpeech",
            "QtPrintSupport",
            "Qt3DCore",
            "Qt3DRender",
            "QtAsyncio",
        )
    ),
    "shiboken6.files",
    "tkinter",
    "turtle",
    "idlelib",
    "lib2to3",
    "pydoc_data",
    "ensurepip",
    "pip",
    "setuptools",
    "pkg_resources",
    "wheel",
    "_pytest",
    "pytest",
    "hypothesis",
    "mypy",
    "IPython",
    "matplotlib",
    "pandas",
    "PIL",
    "lxml",
    "lupa.lua52",
    "lupa.lua53",
    "lupa.lua54",
    "lupa.lua55",
    "lupa.luajit20",
    "lupa.luajit21",
    "numpy.f2py",
    "numpy.distutils",
    "numpy.tests",
    "numpy.random",
    "curses",
    "readline",
    "sqlite3",
)

# Of Qt's plugins, those that a window needs: on X11, Wayland, Windows, macOS, and offscreen for tests.
_QT_PLUGINS = {
    "platforms": r"lib(qxcb|qwayland.*|qoffscreen|qminimal|qcocoa)\.|q(windows|offscreen|minimal)\.dll",
    "platformthemes": r"libqxdgdesktopportal\.",
    "platforminputcontexts": r"lib(composeplatforminputcontextplugin|ibusplatforminputcontextplugin)\.",
    "xcbglintegrations": r".",
    "wayland-shell-integration": r".",
    "wayland-decoration-client": r".",
    "wayland-graphics-integration-client": r".",
    "imageformats": r"(lib)?q(svg|jpeg|ico|webp|gif)\.",
    "iconengines": r".",
    "multimedia": r".",
    "styles": r".",
    "generic": r"^$",
}
# Qt Quick's and QML's libraries stay: the plugin that plays films stands on them, though nothing of ours does.
_QT_LIBRARIES_OUT = re.compile(
    r"(lib)?Qt6?(Quick\w|Qml(?!Models\.|Meta\.|WorkerScript\.)\w|Pdf|WebEngine|VirtualKeyboard|Sql|Test|PrintSupport|3D|Charts|Designer|Help|SerialPort"
    r"|WaylandEglCompositorHwIntegration|WaylandCompositor|Egl[Ff][Ss])",
)
_PARTS_OUT = re.compile(
    r"(^|/)(PySide6/(Qt/)?translations/|PySide6/(Qt/)?(qml|resources|libexec)/|numpy/(.*/)?tests/|numpy/_core/include/"
    r"|numpy/_core/lib/|av/include/)"
    r"|\.(pxd|pyi|pyx|h|hpp|a|lib|cmake|prl)$"
    r"|(^|/)espeakng_loader/libespeak-ng\.so\.1"  # the same file under two more names
    r"|(^|/)lupa/lua(5[2345]|jit\d+)\."
)


def resource_files(root: Path = ROOT) -> Iterator[Path]:
    """The files under resources/ that the program reads."""
    folder = root / "resources"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not _NOT_SHIPPED.search(file.relative_to(folder).as_posix()):
            yield file


def data_files(root: Path = ROOT) -> list[tuple[str, str]]:
    """Everything of ours that is no code, as PyInstaller takes it: the file, and the folder it goes to."""
    files = [*resource_files(root), *sorted((root / "core/jobs/scripts").rglob("*.lua")), root / "LICENSE"]
    return [(str(file), file.relative_to(root).parent.as_posix()) for file in files]


def wanted(place: str) -> bool:
    """Whether a file that PyInstaller has found goes into the bundle. `place`: where it would be."""
    path = PurePosixPath(place.replace("\\", "/"))
    if _PARTS_OUT.search(path.as_posix()) or _QT_LIBRARIES_OUT.match(path.name):
        return False
    parts = path.parts
    if "PySide6" in parts and "plugins" in parts:
        kind, name = parts[parts.index("plugins") + 1], path.name
        return kind in _QT_PLUGINS and re.match(_QT_PLUGINS[kind], name) is not None
    return True


def trimmed(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if wanted(row[0])]


IDENTIFIER = "org.trineo.Trineo"

# Of this computer's own libraries, those that are packed: small ones that few desktops have, and what Python stands on.
# All others belong to the system that the program is installed on (`packaging/debian.py` names their packages).
_SYSTEM_IN = re.compile(
    r"lib(python3|ssl|crypto|ffi|sqlite3|lzma|bz2|z|expat|mpdec|uuid|readline|ncurses|tinfo"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util|xkb|render|randr|shape|shm|sync|xfixes|xinerama)"
    r"|xkbcommon)[.-]"
)


def without_loose_ends(rows: Iterable[Row], packed: Iterable[Row]) -> list[Row]:
    """Without the links whose file is not packed; a link's file is named from the folder that the link is in."""
    places = {row[0] for row in packed}
    return [
        row
        for row in rows
        if row[2] != "SYMLINK" or posixpath.normpath(posixpath.join(posixpath.dirname(row[0]), row[1])) in places
    ]


def from_system(row: Row) -> bool:
    """Whether a row was found among the system's libraries, where `apt` would have to bring it too."""
    return row[1].startswith(("/usr/lib/", "/lib/", "/usr/local/lib/"))


def for_every_desktop(rows: Iterable[Row]) -> list[Row]:
    """Without those libraries of the system that every system brings itself."""
    return [row for row in rows if not from_system(row) or _SYSTEM_IN.match(PurePosixPath(row[0]).name)]


def smaller(rows: Iterable[Row], folder: Path) -> list[Row]:
    """With copies in `folder` of those modules that lose more than half with their debugging information."""
    strip = shutil.which("strip") if sys.platform == "linux" else None
    return [_stripped(row, strip, folder) if strip and _DEBUGGED.match(row[0]) else row for row in rows]


_DEBUGGED = re.compile(
    r"(av|cryptography|python3\.\d+/lib-dynload)/.*\.so$|numpy/_core/_multiarray_umath[^/]*\.so$"
    r"|libpython3[^/]*$|PySide6/Qt/lib/libicu(i18n|uc)\.so"
)


def _stripped(row: Row, strip: str, folder: Path) -> Row:
    place, file, kind = row
    copy = folder / place
    copy.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([strip, "--strip-unneeded", "-o", copy, file], check=True)
    return place, str(copy), kind


def mac_properties(build: dict[str, str]) -> dict[str, object]:
    """Info.plist: what can be dropped on the program's icon or opened with it."""
    return {
        "CFBundleShortVersionString": build["version"],
        "CFBundleVersion": build["build"],
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "GPL-3.0-or-later",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Spreadsheets and scripts",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "CFBundleTypeExtensions": sorted(ending.lstrip(".") for ending in OPENS),
            }
        ],
    }


# Endings that the program opens, and what Linux desktops call them.
OPENS = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
}
