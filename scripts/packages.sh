# What has to come from the machine's own package manager, and only if missing.
# shellcheck shell=bash

pg_bindir() { # the newest PostgreSQL server programs on this machine (>= 13)
    local dir found=
    for dir in $(find /usr/lib/postgresql /usr/pgsql-* -maxdepth 2 -name bin -type d 2>/dev/null | sort -V); do
        if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] &&
            [ "$("$dir/pg_ctl" --version | grep -oE '[0-9]+' | head -1)" -ge 13 ]; then
            found=$dir
        fi
    done
    if [ -z "$found" ] && command -v initdb >/dev/null; then
        found=$(dirname "$(readlink -f "$(command -v initdb)")")
    fi
    printf %s "$found"
}

find_chromium() {
    command -v google-chrome || command -v chromium ||
        command -v chromium-browser || command -v google-chrome-stable || :
}

find_python() { # the pins in requirements.txt are known to work on 3.11
    local candidate
    for candidate in ${PYTHON:-python3.11 python3}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

missing_packages() { # for the purpose: run | test | lint
    local python
    python=$(find_python)
    if [ -z "$python" ]; then
        echo python3
        echo python3-venv
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo python3-venv
    fi
    if [ "$1" = lint ]; then
        command -v node >/dev/null || echo nodejs
        command -v npm >/dev/null || echo npm
        return
    fi
    [ -n "$(pg_bindir)" ] || echo postgresql
    # not sent to a user's machine for `make demo`: only tests drive a browser
    if [ "$1" = test ] && [ -z "$(find_chromium)" ]; then echo chromium; fi
}

# PostgreSQL's Debian package makes and starts a cluster of its own on port
# 5432. We want the programs only: switch that off while installing, then put
# the machine's setting back as it was.
CLUSTER_CONF=/etc/postgresql-common/createcluster.conf
install_postgresql() { # AS_ROOT…
    local saved=$CLUSTER_CONF.giftcard_salon
    "$@" apt-get install -y --no-install-recommends postgresql-common &&
        "$@" cp -a "$CLUSTER_CONF" "$saved" || return 1
    # shellcheck disable=SC2064
    trap "$* mv -f $saved $CLUSTER_CONF" EXIT
    "$@" sed -i '/create_main_cluster/d; $a create_main_cluster = false' "$CLUSTER_CONF" &&
        "$@" apt-get install -y --no-install-recommends postgresql
}

install_packages() { # "PACKAGE…" AS_ROOT…
    local packages=$1
    shift
    "$@" apt-get update || return 1
    if [[ " $packages " = *" postgresql "* ]]; then (install_postgresql "$@") || return 1; fi
    # shellcheck disable=SC2086
    "$@" apt-get install -y --no-install-recommends $packages
}

ensure_packages() {
    local packages as_root=(env DEBIAN_FRONTEND=noninteractive)
    packages=$(missing_packages "$1" | sort -u | tr '\n' ' ')
    packages=${packages% }
    if [ -z "$packages" ]; then return; fi
    say "missing on this machine: $packages"
    if ! command -v apt-get >/dev/null; then
        die "there is no apt-get here: install the equivalent of: $packages"
    fi
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && [ ! -t 0 ]; }; then
            die "these packages have to be installed by root:" \
                "apt-get install --no-install-recommends $packages"
        fi
        as_root=(sudo "${as_root[@]}")
    fi
    note "installing: apt-get install --no-install-recommends $packages"
    if [ "$(id -u)" != 0 ]; then sudo -v || die "sudo did not let us install them"; fi
    long_step "apt-get" "$LOGS/apt-install.log" install_packages "$packages" "${as_root[@]}"
    if [ -n "$(missing_packages "$1")" ]; then
        die "could not install: $(missing_packages "$1" | tr '\n' ' ')" "log: $LOGS/apt-install.log"
    fi
}
