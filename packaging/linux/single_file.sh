#!/bin/sh
# Trineo @VERSION@ for Linux, in one file.
#   sh THIS-FILE               installs it for you alone: no root, no password
#   sh THIS-FILE --uninstall   removes it; your films, queue and settings stay
#   sh THIS-FILE --extract DIR unpacks it, and installs nothing
set -eu
case ${HOME:-} in /*) ;; *) echo "There is no HOME to install into; use --extract DIR." >&2; [ "${1:-}" = --extract ] || exit 1 ;; esac
place=${HOME:-}/.local/opt/trineo
link=${HOME:-}/.local/bin/trineo
share=${XDG_DATA_HOME:-${HOME:-}/.local/share}
entry=$share/applications/trineo.desktop

unpack() {
    mkdir -p "$1"
    tail -n "+@LINES@" "$0" | tar -xzf - -C "$1" --strip-components=1 --no-same-owner
}

# A path as Exec= wants it between quotation marks, and as Icon= does; sed, which puts it there, reads \ once more.
for_exec() { printf %s "$1" | sed -e 's/\\/\\\\\\\\\\\\\\\\/g' -e 's/["`$]/\\\\\\\\&/g' -e 's/%/%%/g' -e 's/[&|]/\\&/g'; }
for_icon() { printf %s "$1" | sed -e 's/\\/\\\\\\\\/g' -e 's/[&|]/\\&/g'; }

case ${1:-} in
--extract)
    unpack "${2:?say where to}"
    ;;
--uninstall)
    rm -rf "$place"
    rm -f "$link" "$entry"
    rmdir "${HOME:-}/.local/opt" 2>/dev/null || true
    echo "Trineo is removed. Your films, and the queue and settings in $share/Trineo, are where they were."
    ;;
"")
    rm -rf "$place.new"
    unpack "$place.new"
    rm -rf "$place"
    mv "$place.new" "$place"
    mkdir -p "${link%/*}" "${entry%/*}"
    ln -sf "$place/trineo" "$link"
    sed -e "s|@COMMAND@|\"$(for_exec "$place/trineo")\"|" -e "s|@ICON@|$(for_icon "$place/share/trineo.svg")|" \
        "$place/share/trineo.desktop" >"$entry"
    echo "Trineo @VERSION@ is installed: look for it in the menu, or type $link"
    ;;
*)
    sed -n '2,5s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
exit 0
