# The parts of install.sh. To be read in with `.`, after lib.sh.
# shellcheck shell=sh disable=SC2154,SC2034  # names shared with install.sh

NAME=health-kiosk
USER_NAME=health-kiosk
SCREEN_USER=health-kiosk-screen
OPT=/opt/health-kiosk
ETC=/etc/health-kiosk
STATE=/var/lib/health-kiosk
POLICY=/etc/chromium/policies/managed/health-kiosk.json
JOURNAL=/etc/systemd/journald.conf.d/health-kiosk.conf
UNITS="health-kiosk-screen.service health-kiosk-voice.service health-kiosk-build.service
    health-kiosk.service"

# Whether systemd runs this machine; it does not in a chroot, where an image is made.
running() { [ -d /run/systemd/system ]; }

# Run one command of the installed kiosk as the kiosk does.
as_kiosk() {
    (cd "$OPT/current" && setpriv --reuid $USER_NAME --regid $USER_NAME --clear-groups \
        env -i HOME="$STATE" PATH=/usr/bin:/bin KIOSK_STATE="$STATE" PYTHONDONTWRITEBYTECODE=1 \
        .venv/bin/python run_kiosk.py "$@" --config "$ETC/kiosk.toml")
}

# A bundle holds programs for one release of Debian and one kind of machine.
check_bundle() {
    release="" arch=""
    # shellcheck disable=SC1091  # written by bundle.sh
    . "$1/bundle.txt"
    here=$(. /etc/os-release && printf %s "${VERSION_CODENAME:-}")
    [ "$release" = "$here" ] || fail "This bundle is for Debian $release; this is ${here:-another}."
    [ "$arch" = "$(dpkg --print-architecture)" ] ||
        fail "This bundle is for $arch; this machine is $(dpkg --print-architecture)."
}

check_panel() {
    case $panel in
        "") [ $screen = no ] || fail "Which touch panel? For example --panel 21.5:1080x1920 (its
diagonal in inches, and its resolution as it stands); or --no-screen." ;;
        *[!0-9.:x]* | *:*:* | *x*x*) fail "$panel is no panel; it looks like 21.5:1080x1920." ;;
        ?*:?*x?*) ;;
        *) fail "$panel is no panel; it looks like 21.5:1080x1920." ;;
    esac
}

# Debian's packages: from the bundle alone if there is one, else from the network.
install_packages() {
    purposes="run clinic"
    [ $screen = no ] || purposes="$purposes screen"
    missing=""
    # shellcheck disable=SC2086  # a list of words, to be split
    for package in $(debian_packages $purposes); do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Installing packages:$missing"
    apt=""
    if [ -n "$1" ]; then
        passing=$(mktemp -d)
        mkdir -p "$passing/lists/partial"
        # SHA256SUMS has vouched for each file, and the way it came here for SHA256SUMS.
        printf 'deb [trusted=yes] file:%s ./\n' "$(realpath "$1/debs")" >"$passing/sources.list"
        apt="-o Dir::Etc::SourceList=$passing/sources.list -o Dir::Etc::SourceParts=/dev/null
            -o Dir::State::Lists=$passing/lists -o APT::Sandbox::User=root"
    fi
    # shellcheck disable=SC2086
    apt-get $apt -qq update
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get $apt -qq -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 install $missing >/dev/null
    [ -z "$1" ] || rm -rf "$passing"
}

make_users() {
    id $USER_NAME >/dev/null 2>&1 || useradd --system --user-group --home-dir "$STATE" \
        --no-create-home --shell /usr/sbin/nologin --comment "Health kiosk" $USER_NAME
    install -d -o $USER_NAME -g $USER_NAME -m 700 "$STATE"
    [ $screen = yes ] || return 0
    id $SCREEN_USER >/dev/null 2>&1 || useradd --system --user-group --home-dir /nonexistent \
        --no-create-home --shell /usr/sbin/nologin --comment "Health kiosk screen" $SCREEN_USER
    for group in video render audio; do
        getent group $group >/dev/null && usermod -aG $group $SCREEN_USER
    done
}

# A folder of its own for each release, complete or made again; prints its path.
make_release() {
    version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' kiosk/__init__.py)
    # Two bundles of one version differ in their words or code: the files say which this is.
    content=$(find run_kiosk.py kiosk templates content deploy -type f ! -name '*.pyc' -print0 |
        sort -z | xargs -0 sha256sum | sha256sum | cut -c1-10)
    folder=$OPT/releases/$version-$content
    if [ ! -f "$folder/complete" ]; then
        say "Installing $version-$content" >&2
        rm -rf "$folder"
        mkdir -p "$folder"
        chmod 755 "$OPT" "$OPT/releases" "$folder"
        cp -R run_kiosk.py kiosk templates content deploy docs requirements*.txt kiosk.example.toml \
            LICENSE NOTICE README.md CHANGELOG.md "$folder/"
        python3 -m venv "$folder/.venv"
        locks="-r deploy/locks/requirements.lock"
        from=""
        if [ -n "$1" ]; then from="--no-index --find-links $1/wheels"; fi
        if [ -d "$1/voice" ]; then locks="$locks -r deploy/locks/requirements-voice.lock"; fi
        # shellcheck disable=SC2086  # lists of words, to be split
        "$folder/.venv/bin/python" -m pip install --quiet --disable-pip-version-check \
            --no-cache-dir --require-hashes $from $locks >&2
        "$folder/.venv/bin/python" -m compileall -q "$folder/kiosk" "$folder/run_kiosk.py" >&2
        chown -R root:root "$folder"
        chmod -R u=rwX,go=rX "$folder"
        sync "$folder"
        : >"$folder/complete"
    fi
    printf '%s\n' "$folder"
}

# The first kiosk.toml; one that is there is the clinic's, and is not touched.
make_settings() {
    install -d -m 755 "$ETC"
    [ -f "$ETC/kiosk.toml" ] && return 0
    cp "$1/kiosk.example.toml" "$ETC/kiosk.toml.new"
    if [ -n "$panel" ]; then
        size=${panel#*:}
        sed -i -e 's/^#mode = .*/mode = "kiosk"/' \
            -e "s/^#diagonal_in = .*/diagonal_in = ${panel%%:*}/" \
            -e "s/^#width_px = .*/width_px = ${size%x*}/" \
            -e "s/^#height_px = .*/height_px = ${size#*x}/" "$ETC/kiosk.toml.new"
    fi
    mv "$ETC/kiosk.toml.new" "$ETC/kiosk.toml"
}

# A link is another file from one moment to the next, never missing.
point() {
    ln -sfn "$2" "$OPT/.$1.new"
    mv -T "$OPT/.$1.new" "$OPT/$1"
}

# Make a release the one that runs; false if it does not answer. Its units come with it.
activate() {
    (cd "$1" && .venv/bin/python deploy/clinic_files.py "$ETC/kiosk.toml") || return 1
    install -m 644 "$1"/deploy/units/*.service /etc/systemd/system/ || return 1
    install -D -m 644 "$1/deploy/units/journald.conf" "$JOURNAL" || return 1
    point current "releases/$(basename "$1")" || return 1
    screen_unit=health-kiosk-screen.service
    id $SCREEN_USER >/dev/null 2>&1 || screen_unit=""
    # shellcheck disable=SC2086  # one word or none
    systemctl --quiet enable $NAME.service health-kiosk-build.service health-kiosk-voice.service \
        $screen_unit
    if ! running; then
        say "systemd does not run here: the kiosk starts when the machine does."
        return 0
    fi
    systemctl daemon-reload
    systemctl try-restart systemd-journald.service
    [ $start = yes ] || return 0
    # It is back when /healthz has answered, or not at all (Type=notify).
    systemctl restart $NAME.service || return 1
    for unit in health-kiosk-build.service health-kiosk-voice.service $screen_unit; do
        systemctl --no-block restart "$unit" || true
    done
}

# Keep the one that runs and the one before.
remove_old_releases() {
    for folder in "$OPT"/releases/*; do
        case releases/$(basename "$folder") in
            "$(readlink "$OPT/current")" | "$(readlink "$OPT/previous" 2>/dev/null)") ;;
            *) rm -rf "$folder" ;;
        esac
    done
}
