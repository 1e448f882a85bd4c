#!/bin/sh
# `make test-package`: installs the package into a clean Debian without Python, and uses it as people do.
#   packaging/test_package.sh PACKAGE.deb WORK [PICTURES]
# A single file (.run) beside the package is tried, too. Needs root (a chroot), mmdebstrap, xvfb and libX11, and Debian's mirror by the way apt reaches it.
# WORK is a scratch folder; PICTURES, if given, gets a picture of the window.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
package=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
pictures=${3:-$work/pictures}
root=$work/root
suite=${SUITE:-bookworm}
display=:$((90 + $$ % 400))
python=$(command -v "$here/../.venv/bin/python" || command -v python3)

# The FFmpeg in the package, where it is our own, writes names as the tests of name cards ask: Hindi, emoji, Arabic…
rm -rf "$work/ffmpeg"
mkdir -p "$work/ffmpeg"
dpkg-deb --fsys-tarfile "$package" | tar -x -C "$work/ffmpeg" --wildcards --strip-components=4 '*/_internal/ffmpeg/*' '*/_internal/av.libs/*' 2>/dev/null || true
if [ ! -x "$work/ffmpeg/ffmpeg/ffmpeg" ]; then
    echo "The wheels' FFmpeg is in it."
elif "$python" -c 'import pytest, numpy' 2>/dev/null; then
    (cd "$here/.." && IMAGEIO_FFMPEG_EXE="$work/ffmpeg/ffmpeg/ffmpeg" "$python" -m pytest -q -p no:cacheprovider tests/core/media/test_titles.py)
    echo "  ✓ name cards, drawn by the FFmpeg in it"
else
    echo "No pytest here (make setup): name cards are not tried with the FFmpeg in it." >&2
fi

for tool in mmdebstrap Xvfb unshare; do
    command -v $tool >/dev/null || { echo "$tool is missing: apt-get install mmdebstrap xvfb libx11-6 util-linux" >&2; exit 1; }
done
[ "$(id -u)" = 0 ] || { echo "This test makes a chroot: run it as root." >&2; exit 1; }

clean_up() {
    [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

if [ ! -f "$work/$suite.tar" ]; then
    echo "Making a clean Debian ($suite)…"
    mmdebstrap --quiet --variant=minbase --include=ca-certificates "$suite" "$work/$suite.part.tar"
    mv "$work/$suite.part.tar" "$work/$suite.tar"
fi
rm -rf --one-file-system "$root"
mkdir -p "$root" "$pictures"
tar -C "$root" --exclude=./dev -xf "$work/$suite.tar"
mkdir -p "$root/dev" "$root/test" "$root/tmp/.X11-unix"
cp "$package" "$root/test/trineo.deb"
single=$(ls -t "$(dirname "$package")"/trineo-*.run 2>/dev/null | head -1)
[ -z "$single" ] || cp "$single" "$root/test/trineo.run"
cp "$here/test_inside.sh" "$here/../resources/samples/lote-navidad.csv" "$root/test/"
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
# How apt reaches the mirror from here (a proxy, a certificate) holds inside, too.
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
[ ! -f /etc/ssl/certs/ca-certificates.crt ] || cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"

Xvfb "$display" -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
sleep 1

inside() { # in namespaces of its own: whatever it mounts or leaves running ends with it
    unshare --mount --pid --fork --kill-child sh -euc '
        root=$1; shift
        mount --make-rprivate /
        mount -t proc proc "$root/proc"
        mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
        mount -t tmpfs none "$root/dev"
        for device in null zero full random urandom tty; do
            touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"
        done
        mkdir "$root/dev/shm"; mount -t tmpfs -o mode=1777 none "$root/dev/shm"
        ln -s /proc/self/fd "$root/dev/fd"
        exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
    ' inside "$root" "$@"
}

inside sh /test/test_inside.sh "$display" &
tests=$!
look=
! command -v import >/dev/null || look="import -display $display -window root $pictures/installed.png"
LOOK_WITH=$look "$python" "$here/close_window.py" "$display" Trineo 480 &
wait $tests
echo "make test-package: the installed program does all of it."
