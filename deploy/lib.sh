# What the scripts of deploy/ share. To be read in with `.`, from the folder of the project.
# shellcheck shell=sh

say() { printf '%s\n' "$*"; }

fail() {
    say "$*" >&2
    exit 1
}

# The names of the Debian packages for the purposes given (deploy/packages.txt).
debian_packages() {
    for purpose in "$@"; do
        sed -n "s/^$purpose  *\([^ ]*\).*/\1/p" deploy/packages.txt
    done
}

# The index of the .deb files in this folder, as apt reads it.
index_debs() {
    for deb in ./*.deb; do
        dpkg-deb -f "$deb"
        printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' \
            "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
    done
}
