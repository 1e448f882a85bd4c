#!/bin/sh
# Runs in the clean Debian that test_package.sh makes, as root: installs the package, uses it as two people, removes it.
set -eu
display=$1

say() { echo "  ✓ $*"; }
fail() { echo "  ✗ $*" >&2; exit 1; }

# as USER VARIABLE=VALUE… COMMAND…: with an environment of just that, as a desktop or a service would give it
as() {
    user=$1; shift
    ids=$(id -u "$user"):$(id -g "$user")
    (cd / && exec chroot --userspec="$ids" / env -i PATH=/usr/bin:/bin "$@")
}
films_in() { find "$1" -name '*.mp4' ! -name '.*' 2>/dev/null | wc -l; }
must_be_healthy() { # its output is shown only if it isn't
    if ! "$@" >/test/health 2>&1; then cat /test/health >&2; fail "not healthy: $*"; fi
}

command -v python3 >/dev/null && fail "there is a Python here: this is no clean system"
find / -xdev | sort >/test/before

apt-get update -qq
apt-get install -y -qq --no-install-recommends /test/trineo.deb >/test/apt.log 2>&1 || { tail -20 /test/apt.log >&2; fail "apt did not install it"; }
[ -z "$(dpkg --audit)" ] || fail "dpkg finds fault with it"
say "installed, with what it depends on"
command -v python3 >/dev/null && fail "it brought a Python"

bytes=$(find /opt/trineo -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
[ "$bytes" -le 350000000 ] || fail "it takes $bytes bytes, more than 350 MB"
say "it takes $((bytes / 1000000)) MB"

useradd --create-home ana
useradd --create-home bruno
home="HOME=/home/ana LANG=C.UTF-8"

as ana $home trineo --version | grep -q '^Trineo .*build' || fail "--version"
say "$(as ana $home trineo --version)"
must_be_healthy as ana $home trineo health
say "health: everything is there"

{ head -2 /test/lote-navidad.csv; tail -1 /test/lote-navidad.csv; } >/home/ana/lote.csv
as ana $home trineo render /home/ana/lote.csv --preset draft --out /home/ana/films --json >/test/render.json 2>/test/render.err \
    || { cat /test/render.err >&2; tail -3 /test/render.json >&2; fail "render"; }
[ "$(films_in /home/ana/films)" = 2 ] || fail "two films were asked for, $(films_in /home/ana/films) came"
say "two films rendered: $(tail -1 /test/render.json)"

as ana $home DISPLAY="$display" timeout 300 trineo /home/ana/lote.csv || fail "the window ended with status $?"
say "the window was shown, and closed"

# Odd places. The install folder can't be written by those who use it, everywhere below.
others=$(find /opt/trineo -xdev ! -type l \( -perm /022 -o ! -user root \) | head -1)
[ -z "$others" ] || fail "others could write $others"
odd='/opt/Año "nuevo" d'\''Ana $HOME;%s'
mkdir "$odd"
cp -a /opt/trineo "$odd/Trineo"
must_be_healthy as ana $home "$odd/Trineo/trineo" health
say "health from a folder with spaces, accents and quotes: $odd"
must_be_healthy as ana $home "$odd/Trineo/trineo" health --data-dir "/home/ana/Año d'Ana \"x\""
as ana $home trineo render /home/ana/lote.csv --preset draft --data-dir /home/ana/.local/share/Trineo --out "/home/ana/Mis vídeos \"año\" d'Ana" >/dev/null 2>/test/render.err \
    || { cat /test/render.err >&2; fail "render into an odd folder"; }
[ "$(films_in "/home/ana/Mis vídeos \"año\" d'Ana")" = 2 ] || fail "films in an odd folder"
say "data and films in folders with spaces, accents and quotes"
rm -rf "$odd"

must_be_healthy as ana trineo health
say "health without a HOME, and without a locale"
must_be_healthy as ana HOME=/home/ana LANG=C LC_ALL=C trineo health
must_be_healthy as ana HOME=/home/ana LANG=es_AR.ISO-8859-1 LC_ALL=es_AR.ISO-8859-1 trineo health
as ana HOME=/home/ana LC_ALL=C trineo check /home/ana/lote.csv --json | grep -q '"accepted"' || fail "check in the C locale"
say "health and check in locales that are not UTF-8"
must_be_healthy as bruno HOME=/home/bruno LANG=C.UTF-8 trineo health
[ -d /home/bruno/.local/share/Trineo ] || fail "a second user has a data folder of his own"
[ "$(stat -c %a /home/bruno/.local/share/Trineo)" = 700 ] || fail "others could read bruno's data"
say "a second user, with data of his own"

sleep 1
left=$(for one in /proc/[0-9]*/exe; do readlink "$one" || true; done | grep '^/opt/' || true)
[ -z "$left" ] || fail "still running: $left"
say "nothing is left running"

if [ -f /test/trineo.run ]; then
    chmod 644 /test/trineo.run
    as ana $home sh /test/trineo.run >/dev/null || fail "the single file did not install itself"
    must_be_healthy as ana $home /home/ana/.local/bin/trineo health
    grep -q '^Exec="/home/ana/.local/opt/trineo/trineo" %F$' /home/ana/.local/share/applications/trineo.desktop \
        || fail "its menu entry"
    as ana $home sh /test/trineo.run --uninstall >/dev/null
    left=$(find /home/ana/.local/opt /home/ana/.local/bin /home/ana/.local/share/applications -iname '*trineo*' 2>/dev/null || true)
    [ -z "$left" ] || fail "the single file left $left"
    [ -d /home/ana/.local/share/Trineo ] || fail "the single file took the user's data"
    say "the single file installs itself for one user, works, and goes again"
fi

apt-get purge -y -qq trineo >/dev/null 2>&1
[ ! -e /opt/trineo ] && [ ! -e /usr/bin/trineo ] || fail "purge left files"
find / -xdev | sort >/test/after
left=$(comm -13 /test/before /test/after | grep -i trineo | grep -v -e '^/home/' -e '^/test/' || true)
[ -z "$left" ] || fail "purge left: $left"
[ "$(films_in /home/ana/films)" = 2 ] && [ -f /home/ana/.local/share/Trineo/queue/queue.journal ] || fail "purge took the user's data"
say "removed without a trace; films and data are where they were"
