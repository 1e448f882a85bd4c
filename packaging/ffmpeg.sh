#!/bin/sh
# Builds the FFmpeg that Trineo is packed with on Linux into FOLDER (default build/ffmpeg): packaging/ffmpeg.sh [FOLDER]
#
# Why: the wheels bring two whole FFmpegs, 173 MB for the program and 75 MB for PyAV's libraries, with dozens of
# encoders that Trineo never asks for. This one is built once, as libraries that both use: FFmpeg's program, and PyAV in
# place of its own. So it has to be the version that PyAV's wheel was built with; packaging/bundle.py looks at that.
# libass is built, too: Debian 12's draws boxes for most emoji (libass.patch); and FFmpeg's drawtext is corrected (ffmpeg.patch).
# Without this folder the bundle is made of the wheels' own, which works as well and is larger.
#
# Needs root (a chroot), mmdebstrap, and Debian's mirror by the way apt reaches it; about 15 minutes of a processor.
set -eu
cd "$(dirname "$0")/.."
if [ "${1:-}" = --made-by ]; then # what FOLDER/made_by says when it is up to date
    cat packaging/ffmpeg.sh packaging/ffmpeg_inside.sh packaging/ffmpeg.patch packaging/libass.patch | cksum
    exit
fi
out=${1:-build/ffmpeg}
version=8.1.2
ffmpeg_sha=464beb5e7bf0c311e68b45ae2f04e9cc2af88851abb4082231742a74d97b524c
headers=12.1.14.0
headers_sha=0ca1a0c85b149646fa6ce4d600584507fdccf5a23d58e668d8701e89cee0c3fb
work=$(realpath -m build/ffmpeg-work)
ass=0.17.1-1+deb12u1
ass_sha=d653be97198a0543c69111122173c41a99e0b91426f9e17f06a858982c2fb03d
ass_debian_sha=5aba1f03fd7c0340fb53f32c6b81f9c80549dc3b1a8098b0a19e582ef3618cff
root=$work/root
made_by=$(packaging/ffmpeg.sh --made-by)
mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial" "$work/sources"

fetch() { # SOURCE-PACKAGE FILE SHA256: from Debian's archive of sources, checked
    file=$work/sources/$2
    if [ ! -f "$file" ]; then
        printf 'Dir::State::lists "%s";\nDir::Cache "%s";\nDir::Etc::sourcelist "%s";\nDir::Etc::sourceparts "-";\n' \
            "$work/apt/lists" "$work/apt" "$work/apt/sources.list" >"$work/apt/apt.conf"
        for suite in "debian sid" "debian bookworm" "debian-security bookworm-security"; do
            echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/$suite main"
        done >"$work/apt/sources.list"
        export APT_CONFIG="$work/apt/apt.conf"
        apt-get update -qq
        case $2 in *.orig.*) part=--tar-only ;; *) part=--diff-only ;; esac
        (cd "$work/sources" && apt-get source -qq --download-only $part "$1")
        unset APT_CONFIG
    fi
    [ -f "$file" ] || { echo "Debian has another version of $1 now: put $2 into $work/sources" >&2; exit 1; }
    echo "$3  $file" | sha256sum --check --quiet
}
fetch "ffmpeg=7:$version-2" "ffmpeg_$version.orig.tar.xz" $ffmpeg_sha
fetch nv-codec-headers "nv-codec-headers_$headers.orig.tar.xz" $headers_sha
fetch "libass=1:${ass%+*}" "libass_${ass%-*}.orig.tar.gz" $ass_sha # Debian's safety archive does not always have it
fetch "libass=1:$ass" "libass_$ass.debian.tar.xz" $ass_debian_sha

if [ ! -d "$root" ]; then
    mmdebstrap --quiet --variant=apt --include=gcc,g++,make,nasm,pkg-config,xz-utils,patch,patchelf,zlib1g-dev,libx264-dev \
        --include=libzimg-dev,libvpx-dev,libdav1d-dev,libfribidi-dev,libharfbuzz-dev \
        --include=libfontconfig-dev,libfreetype-dev bookworm "$root.part"
    mv "$root.part" "$root"
fi
if [ "$(cat "$root/opt/made_by" 2>/dev/null)" != "$made_by" ]; then # half of one that an older version of this made
    rm -rf --one-file-system "$root/opt/ffmpeg" "$root/src"
    echo "$made_by" >"$root/opt/made_by"
fi
mkdir -p "$root/src"
cp "$work/sources/"*.tar.* packaging/ffmpeg_inside.sh packaging/ffmpeg.patch packaging/libass.patch "$root/src/"
chroot "$root" sh /src/ffmpeg_inside.sh $version $headers $ass
rm -rf "$out"
mkdir -p "$(dirname "$out")"
cp -a "$root/packed" "$out"
cp -a "$work/sources" "$out/sources"
cp packaging/ffmpeg.patch packaging/libass.patch "$out/sources/" # to be passed on with what is made of them
echo "$made_by" >"$out/made_by"
"$out/bin/ffmpeg" -version | head -1
