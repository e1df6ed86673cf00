# Shared by every script: where things are, and how to talk to the reader.
# shellcheck shell=bash
set -euo pipefail
# Odoo's package comes without byte code; compiling it at each of a run's many starts
# takes longer than the starts themselves
unset PYTHONDONTWRITEBYTECODE

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ADDON=giftcard_salon

if [ -z "${GIFTCARD_CACHE:-}" ]; then
    if [ "$(id -u)" = 0 ]; then
        GIFTCARD_CACHE=/var/cache/giftcard_salon
    else
        GIFTCARD_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/giftcard_salon
    fi
fi
CACHE=$GIFTCARD_CACHE
mkdir -p "$CACHE"
CACHE=$(cd "$CACHE" && pwd -P)
export GIFTCARD_CACHE=$CACHE

# Two clones may share a cache: whatever belongs to one clone carries this.
CHECKOUT_ID=$(printf %s "$ROOT" | sha256sum | cut -c1-8)
STATE=$CACHE/checkout-$CHECKOUT_ID
LOGS=$STATE/logs
mkdir -p "$LOGS"
chmod 700 "$STATE"
DATA_DIR=$CACHE/data
CONF=$STATE/odoo.conf
# Written by setup.sh, sourced by everything that runs Odoo or PostgreSQL.
ENV_FILE=$STATE/env

say() { printf '== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }
die() {
    printf '\nSTOP: %s\n' "$1" >&2
    shift
    if [ $# -gt 0 ]; then printf '      %s\n' "$@" >&2; fi
    exit 1
}

# long_step TITLE LOG COMMAND…: the command's output goes to LOG, the reader
# sees every few seconds how far it is, and the tail of LOG when it fails.
long_step() {
    local title=$1 log=$2 pid rc=0 start=$SECONDS last=0 every=15
    shift 2
    if [ -t 1 ]; then every=3; fi
    say "$title"
    "$@" >"$log" 2>&1 9>&- &
    pid=$!
    # shellcheck disable=SC2064
    trap "kill $pid 2>/dev/null || :" INT TERM
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.5
        if [ $((SECONDS - start - last)) -ge "$every" ]; then
            last=$((SECONDS - start))
            note "${last}s  $(tail -n1 "$log" | sed 's/^.* odoo[a-z._]*: //' | cut -c1-90)"
        fi
    done
    wait "$pid" || rc=$?
    trap - INT TERM
    if [ "$rc" != 0 ]; then
        tail -n 40 "$log" >&2
        die "$title: failed (exit code $rc)" "The whole log is $log"
    fi
    note "done in $((SECONDS - start))s"
}

# One set-up at a time for one cache. Children must not inherit the lock
# (9>&-), or a server started here would hold it for ever.
lock_cache() {
    exec 9>"$CACHE/lock"
    if ! flock -n 9; then
        say "another run is setting up $CACHE, waiting for it"
        flock 9
    fi
}
unlock_cache() { exec 9>&-; }

hash_of() { cat "$@" | sha256sum | cut -c1-12; }

free_port() {
    "${PY:-python3}" -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
port_taken() {
    "${PY:-python3}" - "$1" <<'PYTHON'
import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    s.bind(("127.0.0.1", int(sys.argv[1])))
except OSError:
    sys.exit(0)
sys.exit(1)
PYTHON
}
