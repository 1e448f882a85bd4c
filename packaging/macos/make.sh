#!/bin/sh
# Signs Trineo.app and packs it into a .dmg, on a Mac: packaging/macos/make.sh Trineo.app OUT.dmg
#   SIGN_IDENTITY   "Developer ID Application: … (TEAM)" from the keychain; without it the app is signed for this Mac alone
#   NOTARY_PROFILE  what `xcrun notarytool store-credentials` was given; without it nothing is sent to Apple
set -eu
here=$(cd "$(dirname "$0")" && pwd)
app=$1 dmg=$2

sign() {
    if [ -n "${SIGN_IDENTITY:-}" ]; then
        codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" --sign "$SIGN_IDENTITY" "$1"
    else
        codesign --force --sign - "$1"
    fi
}

# From the inside out: every library and program (FFmpeg among them), then the whole.
find "$app/Contents" -type f | while read -r file; do
    case $(file -b "$file") in Mach-O*) sign "$file" ;; esac
done
sign "$app"
codesign --verify --deep --strict "$app"

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
rm -f "$dmg"
hdiutil create -quiet -volname Trineo -srcfolder "$staging" -format ULFO "$dmg"
[ -z "${SIGN_IDENTITY:-}" ] || codesign --timestamp --sign "$SIGN_IDENTITY" "$dmg"

if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$dmg" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$dmg"
    spctl --assess --type open --context context:primary-signature "$dmg"
else
    echo "Not notarised: whoever opens it has to allow it in System Settings, Privacy & Security." >&2
fi
