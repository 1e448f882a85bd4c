#!/bin/sh
# Sets Trineo up in .venv: `packaging/setup.sh run` to use it, `packaging/setup.sh dev` to test it too.
# On Debian, as root or with sudo, it installs the system packages that are missing; otherwise it names them.
# Quick when nothing has changed.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}

packages="python3-venv
  libgl1 libegl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libpulse0
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-xkb1 libxcb-shape0 libxcb-image0 libxcb-render-util0
  libxcb-randr0 libxcb-sync1 libxcb-xfixes0 fonts-dejavu-core"
lock=packaging/requirements.lock
if [ "$kind" = dev ]; then
    packages="$packages redis-server xvfb xdotool openssl chromium"
    lock=packaging/requirements-dev.lock
fi

missing_packages() {
    for package in $packages; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) # another package may provide it under a newer name
            dpkg-query -W -f '${db:Status-Status}' "${package}t64" 2>/dev/null | grep -q '^installed$' || printf '%s ' "$package" ;;
        esac
    done
}

install_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0 # not Debian: the wheels bring most of what is needed
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root=sudo; else
        echo "These Debian packages are missing: $missing" >&2
        echo "Install them with:  sudo apt-get install $missing" >&2
        python3 -c 'import venv, ensurepip' 2>/dev/null || exit 1
        echo "Going on without them: films can be rendered, the window may not open." >&2
        return 0
    fi
    echo "Installing Debian packages: $missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

choose_python() {
    for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    echo "Trineo needs Python 3.11 or newer with venv; none was found. Name one: make PYTHON=/path/to/python3 …" >&2
    exit 1
}

stamp=.venv/.installed-$kind
have=$(cksum <"$lock")
[ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$have" ] && exit 0

install_packages
python=$(choose_python)
[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "Installing Python packages (a minute or two the first time)…"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
echo "$have" >"$stamp"
[ "$kind" = dev ] && echo "$have" >/dev/null && cksum <packaging/requirements.lock >.venv/.installed-run
exit 0
