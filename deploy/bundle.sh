#!/bin/sh
# Makes the offline bundle: one file with all that a kiosk needs, to be carried to it on a stick.
# Usage: sh deploy/bundle.sh [amd64|arm64]      or: make bundle, make bundle ARCH=arm64
# Takes what is committed. Leaves var/bundle/health-kiosk-<version>-<release>-<machine>.tar.gz.
# The bundle is for machines with the Debian release of the machine that makes it.
# KIOSK_VOICE=yes adds what makes the natural voice; KIOSK_SCREEN=no leaves the browser out.
set -eu
cd "$(dirname "$0")/.."
. deploy/lib.sh

arch=${1:-$(dpkg --print-architecture)}
case $arch in
    amd64) machine=x86_64 ;;
    arm64) machine=aarch64 ;;
    *) fail "A bundle is for amd64 or arm64, not $arch." ;;
esac
release=$(. /etc/os-release && printf %s "$VERSION_CODENAME")
python=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' kiosk/__init__.py)
commit=$(git rev-parse --short=12 HEAD)
git diff --quiet HEAD || say "What is not committed is not in the bundle."

name=health-kiosk-$version-$release-$arch
out=$PWD/var/bundle
work=$out/work-$arch
bundle=$work/$name
rm -rf "$work"
mkdir -p "$bundle/wheels" "$bundle/debs" "$work/apt/partial" "$work/lists/partial"

say "The kiosk itself ($version, $commit)"
git archive --prefix=app/ HEAD | tar -xf - -C "$bundle"
rm -rf "$bundle/app/tests" "$bundle/app/bench" "$bundle/app/.ci" "$bundle/app/docs/pictures"
cp deploy/start-here.sh "$bundle/install.sh"

locks=requirements
purposes="run clinic"
[ "${KIOSK_SCREEN:-yes}" = no ] || purposes="$purposes screen"
if [ "${KIOSK_VOICE:-no}" = yes ]; then
    locks="$locks requirements-voice"
    [ -f var/voice/kokoro-timed.onnx ] || fail "Fetch the voice first: make voice"
    mkdir "$bundle/voice"
    cp var/voice/*.onnx var/voice/*.bin "$bundle/voice/"
fi

say "Packages of Python"
for lock in $locks; do
    .venv/bin/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps \
        --only-binary=:all: --implementation cp --python-version "$python" \
        --platform "manylinux_2_17_$machine" --platform "manylinux2014_$machine" \
        --platform "manylinux_2_28_$machine" --platform "manylinux_2_34_$machine" \
        --platform "manylinux_2_5_$machine" --platform "manylinux_2_12_$machine" \
        --platform "manylinux1_$machine" --platform "linux_$machine" \
        --dest "$bundle/wheels" -r "deploy/locks/$lock.lock"
done

say "Packages of Debian ($purposes)"
# An empty list of what is installed: with that, apt brings everything, whatever the machine lacks.
: >"$work/status"
apt="-o APT::Architecture=$arch -o APT::Architectures::=$arch -o Dir::State::Status=$work/status
    -o Dir::Cache::Archives=$work/apt -o Dir::State::Lists=$work/lists -o Dir::Cache::pkgcache=
    -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=$(id -un) -o Debug::NoLocking=1"
# shellcheck disable=SC2086  # lists of words, to be split
apt-get $apt -qq update
# shellcheck disable=SC2046,SC2086
apt-get $apt -qq -y --download-only --no-install-recommends install $(debian_packages $purposes)
mv "$work"/apt/*.deb "$bundle/debs/"
(cd "$bundle/debs" && index_debs >Packages)

cat >"$bundle/bundle.txt" <<END
version=$version
commit=$commit
release=$release
arch=$arch
python=$python
purposes="$purposes"
END
(cd "$bundle" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$work/SHA256SUMS"
mv "$work/SHA256SUMS" "$bundle/"

tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -czf "$out/$name.new" "$name"
mv "$out/$name.new" "$out/$name.tar.gz"
rm -rf "$work"
(cd "$out" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
say "Ready: var/bundle/$name.tar.gz, $(du -h "$out/$name.tar.gz" | cut -f1)"
