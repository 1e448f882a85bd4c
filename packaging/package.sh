#!/bin/sh
# `make package`: packs Trineo for the system this runs on. What comes out is in dist/, what it is made of in build/.
#   TRINEO_FFMPEG=wheels   packs the wheels' FFmpegs (larger) instead of building one (packaging/ffmpeg.sh, Linux)
set -eu
cd "$(dirname "$0")/.."
python=build/venv/bin/python
case $(uname -s) in MINGW* | MSYS* | CYGWIN*) python=build/venv/Scripts/python.exe ;; esac

lock=packaging/requirements-package.lock
if [ "$(cat build/venv/.installed 2>/dev/null)" != "$(cksum <$lock)" ]; then
    echo "Installing what it is packed with into build/venv…"
    [ -x $python ] || "${PYTHON:-.venv/bin/python}" -m venv build/venv
    $python -m pip install --quiet --disable-pip-version-check --require-hashes -r $lock
    cksum <$lock >build/venv/.installed
fi

if [ "$(uname -s)" = Linux ] && [ "${TRINEO_FFMPEG:-own}" = own ] &&
    [ "$(cat build/ffmpeg/made_by 2>/dev/null)" != "$(packaging/ffmpeg.sh --made-by)" ]; then
    if [ "$(id -u)" = 0 ] && command -v mmdebstrap >/dev/null; then
        echo "Building FFmpeg: once, about 15 minutes of a processor…"
        packaging/ffmpeg.sh build/ffmpeg >build/ffmpeg.log 2>&1 || { tail -20 build/ffmpeg.log >&2; exit 1; }
    else
        echo "No root or no mmdebstrap here: the wheels' FFmpegs are packed, 220 MB more (packaging/ffmpeg.sh)." >&2
        export TRINEO_FFMPEG=wheels
    fi
fi

$python -m PyInstaller --noconfirm --log-level ERROR --distpath build/dist --workpath build/work pyinstaller.spec
mkdir -p dist
version=$($python packaging/stamp.py)
case $(uname -s) in
Linux)
    $python packaging/debian.py build/dist/trineo "dist/trineo_$version-1_$(dpkg --print-architecture).deb"
    $python packaging/single_file.py build/dist/trineo "dist/trineo-$version-linux-$(uname -m).run"
    ;;
Darwin) packaging/macos/make.sh build/dist/Trineo.app "dist/Trineo-$version.dmg" ;;
*) iscc //Qp "//DVersion=$version" packaging/windows/trineo.iss ;;
esac
ls -l dist
