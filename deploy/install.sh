#!/bin/sh
# Installs the kiosk on Debian or Raspberry Pi OS, and looks after it. Safe to run twice.
#
#   sh install.sh [install] [--panel 21.5:1080x1920] [--screen|--no-screen] [--no-start]
#                            from a bundle: with no network; from the project's folder: with one.
#                            An older kiosk is replaced (upgrade), and put back if the new one fails
#   sh install.sh rollback   the kiosk that was there before the last upgrade
#   sh install.sh backup FILE.tar.gz      settings, PIN, reviews and counts; the kiosk goes on
#   sh install.sh restore FILE.tar.gz     these again, on this machine or another
#   sh install.sh status     which kiosk runs, and how its parts are
#   sh install.sh uninstall [--purge]     all but settings and state; with --purge, these too
#
# --panel: the touch panel's diagonal in inches, and its resolution as it stands. docs/install.md
# tells it slowly.
set -eu
cd "$(dirname "$0")/.."
source_folder=$PWD
. deploy/lib.sh
. deploy/releases.sh

[ "$(id -u)" = 0 ] || fail "Please run this as root: sudo sh $0 $*"
command -v dpkg >/dev/null || fail "This is neither Debian nor Raspberry Pi OS."

command=install
case ${1:-} in
    install | upgrade | rollback | backup | restore | status | uninstall) command=$1; shift ;;
esac
panel="" screen="" start=yes purge=no file=""
while [ $# -gt 0 ]; do
    case $1 in
        --panel) panel=${2:?--panel wants 21.5:1080x1920}; shift ;;
        --screen) screen=yes ;;
        --no-screen) screen=no ;;
        --no-start) start=no ;;
        --purge) purge=yes ;;
        -*) fail "There is no $1. The first lines of $0 say what there is." ;;
        *) file=$1 ;;
    esac
    shift
done

install_kiosk() {
    bundle=$source_folder/..
    [ -f "$bundle/bundle.txt" ] || bundle=""
    [ -z "$bundle" ] || check_bundle "$bundle"
    if [ -z "$screen" ]; then # as it was; a first installation has one
        screen=yes
        if [ -f "$ETC/kiosk.toml" ] && ! id $SCREEN_USER >/dev/null 2>&1; then screen=no; fi
    fi
    [ -f "$ETC/kiosk.toml" ] || check_panel
    install_packages "$bundle"
    make_users
    release=$(make_release "$bundle")
    make_settings "$release"
    if [ -d "$bundle/voice" ]; then
        install -d -o $USER_NAME -g $USER_NAME -m 700 "$STATE/voice"
        install -o $USER_NAME -g $USER_NAME -m 600 "$bundle"/voice/* "$STATE/voice/"
    fi
    before=$(readlink "$OPT/current" 2>/dev/null || true)
    if ! activate "$release"; then
        [ -n "$before" ] || fail "The kiosk did not start: journalctl -u $NAME says why."
        say "The new kiosk did not start; the one before is put back." >&2
        activate "$OPT/$before" || fail "Nor does the one before: journalctl -u $NAME says why."
        exit 1
    fi
    [ -z "$before" ] || [ "$OPT/$before" = "$release" ] || point previous "$before"
    remove_old_releases
    say "Installed: $(basename "$release"). docs/install.md says what to check now."
}

rollback() {
    [ -L "$OPT/previous" ] || fail "There is no kiosk to go back to."
    now=$(readlink "$OPT/current") then=$(readlink "$OPT/previous")
    activate "$OPT/$then" || {
        activate "$OPT/$now" || true
        fail "$then did not start; $now is left as it was."
    }
    point previous "$now"
    say "Back to $(basename "$then")."
}

backup() {
    [ -n "$file" ] || fail "Where to? sh $0 backup FILE.tar.gz"
    "$OPT/current/.venv/bin/python" "$OPT/current/deploy/backup.py" "$file" "$ETC" "$STATE"
    say "Kept in $file, readable by root alone. It holds the hash of the PIN and reviewers' names."
}

restore() {
    [ -f "$file" ] || fail "Which? sh $0 restore FILE.tar.gz"
    [ -L "$OPT/current" ] || fail "Install the kiosk first."
    if tar -tzf "$file" | grep -vE '^(etc|state)/' | grep -q . || tar -tzf "$file" | grep -q '\.\.'
    then fail "$file is no backup of a kiosk."
    fi
    running && systemctl stop $NAME
    passing=$(mktemp -d)
    tar -xzf "$file" -C "$passing" --no-same-owner
    cp -R "$passing/etc/." "$ETC/"
    cp -R "$passing/state/." "$STATE/"
    chown -R $USER_NAME:$USER_NAME "$STATE"
    rm -rf "$passing"
    activate "$(readlink -f "$OPT/current")" || fail "It does not start: journalctl -u $NAME"
    say "Restored from $file."
}

status() {
    [ -L "$OPT/current" ] || fail "No kiosk is installed here."
    say "Installed: $(basename "$(readlink "$OPT/current")")"
    [ ! -L "$OPT/previous" ] || say "Before it: $(basename "$(readlink "$OPT/previous")")"
    running && systemctl --no-pager --lines=0 status $NAME || true
    as_kiosk doctor
}

uninstall() {
    for unit in $UNITS; do
        running && systemctl --quiet stop "$unit" 2>/dev/null || true
        systemctl --quiet disable "$unit" 2>/dev/null || true
        rm -f "/etc/systemd/system/$unit"
    done
    rm -rf "/etc/systemd/system/$NAME.service.d" "$OPT" "$POLICY" "$JOURNAL"
    running && systemctl daemon-reload
    if [ $purge = yes ]; then
        rm -rf "$ETC" "$STATE"
        for user in $USER_NAME $SCREEN_USER; do userdel "$user" 2>/dev/null || true; done
        say "The kiosk is gone, with its settings and its state."
    else
        say "The kiosk is gone. $ETC and $STATE are left; --purge removes them too."
    fi
    say "Its Debian packages are left: $(debian_packages run clinic screen | tr '\n' ' ')"
}

case $command in
    install | upgrade) install_kiosk ;;
    *) "$command" ;;
esac
