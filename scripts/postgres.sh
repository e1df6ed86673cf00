# A private PostgreSQL cluster: own data folder, own socket, no network port.
# shellcheck shell=bash

PGPORT=${PG_PORT:-5469}
PGUSER=giftcard
PG_BIN=$(pg_bindir)

# PostgreSQL refuses to run as root: root's cluster belongs to user postgres.
as_pg() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && exec runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

pg_paths() {
    PG_VERSION=$("$PG_BIN/postgres" --version | grep -oE '[0-9]+(\.[0-9]+)?' | head -1)
    PG_DATA=$CACHE/pg/${PG_VERSION%%.*}
    PGHOST=$CACHE/pg/run
    # a socket's whole path has to fit into 107 characters
    if [ ${#PGHOST} -gt 80 ]; then
        PGHOST=/tmp/giftcard_salon-$(id -u)-$(printf %s "$CACHE" | sha256sum | cut -c1-8)
    fi
    export PGHOST PGPORT PGUSER
}

own_dir() { # make a folder that only the cluster's user (and root) can enter
    mkdir -p "$1"
    [ ! -L "$1" ] && [ -O "$1" ] || [ "$(id -u)" = 0 ] || die "$1 belongs to someone else"
    if [ "$(id -u)" = 0 ]; then chown postgres: "$1"; fi
    chmod 700 "$1"
}

make_cluster() {
    local fresh=$PG_DATA.part
    rm -rf "$fresh"
    own_dir "$fresh"
    as_pg "$PG_BIN/initdb" -D "$fresh" -U "$PGUSER" --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 >"$LOGS/initdb.log" 2>&1 || {
        cat "$LOGS/initdb.log" >&2
        die "initdb failed"
    }
    cat >>"$fresh/postgresql.conf" <<CONF
listen_addresses = ''        # the socket only
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
CONF
    mv "$fresh" "$PG_DATA"
}

pg_answers() { "$PG_BIN/pg_isready" -q -h "$PGHOST" -p "$PGPORT"; }

provide_postgres() {
    PG_BIN=$(pg_bindir)
    pg_paths
    if pg_answers; then return; fi
    mkdir -p "$CACHE/pg"
    if ! as_pg test -x "$CACHE/pg"; then
        die "user postgres cannot reach the cache $CACHE" \
            "Choose another folder with GIFTCARD_CACHE=…"
    fi
    own_dir "$PGHOST"
    if [ ! -s "$PG_DATA/PG_VERSION" ]; then
        say "making a private PostgreSQL $PG_VERSION cluster in $PG_DATA"
        rm -rf "$PG_DATA"
        make_cluster
    fi
    # a cluster whose socket has gone, or that runs with another PG_PORT
    if as_pg "$PG_BIN/pg_ctl" -D "$PG_DATA" status >/dev/null; then
        note "restarting the private cluster (its socket is not $PGHOST, port $PGPORT)"
        as_pg "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast -w stop >/dev/null 2>&1 || :
    fi
    as_pg "$PG_BIN/pg_ctl" -D "$PG_DATA" -w -t 60 -l "$PG_DATA/server.log" \
        -o "-k '$PGHOST' -p $PGPORT" start >/dev/null 2>&1 </dev/null 9>&- || {
        tail -n 20 "$PG_DATA/server.log" >&2
        die "the private PostgreSQL did not start (log: $PG_DATA/server.log)" \
            "If the port is the trouble, choose another: PG_PORT=5470"
    }
    note "private PostgreSQL $PG_VERSION runs on the socket $PGHOST, port $PGPORT"
}

stop_postgres() {
    PG_BIN=$(pg_bindir)
    [ -n "$PG_BIN" ] || return 0
    pg_paths
    if [ -e "$PG_DATA/postmaster.pid" ]; then
        as_pg "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast -w stop || :
    fi
}
