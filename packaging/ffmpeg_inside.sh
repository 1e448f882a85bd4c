#!/bin/sh
# Runs in the build root that ffmpeg.sh makes: compiles libass and FFmpeg, and puts what is to be packed into /packed.
set -eu
version=$1 headers=$2 ass=$3
cd /src
if [ ! -f /opt/ffmpeg/lib/libass.so ]; then
    tar xf "libass_${ass%-*}.orig.tar.gz"
    cd "libass-${ass%-*}"
    tar xf "../libass_$ass.debian.tar.xz" # Debian's corrections for safety first, then ours
    sed '/^#/d' debian/patches/series | while read -r name; do patch --quiet -p1 <"debian/patches/$name"; done
    patch --quiet -p1 <../libass.patch
    ./configure --quiet --prefix=/opt/ffmpeg --disable-static --disable-dependency-tracking
    make -s -j"$(nproc)"
    make -s install
    cd ..
fi
export PKG_CONFIG_PATH=/opt/ffmpeg/lib/pkgconfig
if [ ! -f /opt/ffmpeg/bin/ffmpeg ]; then
    mkdir -p headers
    tar xf "nv-codec-headers_$headers.orig.tar.xz" -C headers --strip-components=1
    make -s -C headers install PREFIX=/usr
    tar xf "ffmpeg_$version.orig.tar.xz"
    cd "ffmpeg-$version"
    patch --quiet -p1 <../ffmpeg.patch
    # Every decoder, demuxer and filter of FFmpeg's own: people bring films of all kinds. Of encoders those that Trineo uses.
    ./configure --prefix=/opt/ffmpeg --enable-shared --disable-static --enable-gpl --enable-version3 --disable-autodetect \
        --enable-zlib --enable-libx264 --enable-libass --enable-libfreetype --enable-libfribidi --enable-libharfbuzz \
        --enable-libfontconfig --enable-libzimg --enable-libvpx --enable-libdav1d --enable-ffnvcodec --enable-nvenc \
        --disable-doc --disable-ffplay --disable-ffprobe --disable-debug --disable-network --disable-hwaccels \
        --disable-outdevs --disable-indevs --enable-indev=lavfi \
        --disable-encoders --enable-encoder=libx264,h264_nvenc,aac,alac,flac,ffv1,rawvideo,wrapped_avframe,mjpeg,png,bmp \
        --enable-encoder=mov_text,srt,subrip,webvtt,ass,ssa,libvpx_vp9,qtrle,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le \
        --enable-encoder=pcm_f32le,pcm_f64le,pcm_u8 \
        --disable-protocols --enable-protocol=file,pipe,fd,data,concat,concatf,subfile,cache,crypto
    make -j"$(nproc)"
    make install
fi

# Libraries that few systems have come along; all others a desktop has anyway, and the package names them.
rare='libx264|libass|libzimg|libvpx|libdav1d|libunibreak|libfribidi'
rm -rf /packed
mkdir -p /packed/bin /packed/lib /packed/licences
cp /opt/ffmpeg/bin/ffmpeg /packed/bin/
for library in /opt/ffmpeg/lib/libav*.so.*.*.* /opt/ffmpeg/lib/libsw*.so.*.*.*; do cp "$library" /packed/lib/; done
export LD_LIBRARY_PATH=/opt/ffmpeg/lib
ldd /packed/bin/ffmpeg | sed -nE "s/^\s*(($rare)\.so[^ ]*) => ([^ ]*) .*/\1 \3/p" | while read -r name file; do
    cp -L "$file" "/packed/lib/$name"
    case $file in /opt/ffmpeg/*) continue ;; esac
    package=$(dpkg-query -S "$(realpath "$file")" 2>/dev/null || dpkg-query -S "$file")
    package=${package%%:*}
    cp "/usr/share/doc/$package/copyright" "/packed/licences/$package $(dpkg-query -W -f '${Version}' "$package").txt"
done
cp "/src/libass-${ass%-*}/debian/copyright" "/packed/licences/libass9 $ass.txt"
strip --strip-unneeded /packed/bin/ffmpeg /packed/lib/*
# In the bundle the program is in ffmpeg/, the libraries are in av.libs/, where PyAV looks for its own.
patchelf --set-rpath '$ORIGIN/../lib:$ORIGIN/../av.libs' /packed/bin/ffmpeg
for library in /packed/lib/*; do patchelf --set-rpath '$ORIGIN' "$library"; done
for library in /packed/lib/libav* /packed/lib/libsw*; do # FFmpeg's libraries know each other by these names
    name=$(basename "$library")
    ln -s "$name" "/packed/lib/${name%.*.*}"
done
