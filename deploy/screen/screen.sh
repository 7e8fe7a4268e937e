#!/bin/sh
# Shows the kiosk: Cage, and in it one Chromium with a profile that lives as long as this process.
# Takes KIOSK_URL, XDG_RUNTIME_DIR (in memory), and in KIOSK_CAGE what Cage is told besides.
set -eu
here=$(dirname "$0")
profile=$XDG_RUNTIME_DIR/chromium
rm -rf "$profile"
mkdir -p "$profile"
flags=$(sed -e 's/ *#.*//' -e '/^$/d' "$here/chromium-flags.txt")
# shellcheck disable=SC2086  # both are lists of words, to be split
exec cage ${KIOSK_CAGE:-} -- chromium $flags --user-data-dir="$profile" --app="$KIOSK_URL"
