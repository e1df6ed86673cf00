#!/usr/bin/env bash
# Remove what this checkout made; with ALL=1 the whole cache as well.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$ROOT/scripts/packages.sh"
source "$ROOT/scripts/postgres.sh"
source "$ROOT/scripts/databases.sh"

bash "$ROOT/scripts/demo.sh" stop

if [ -n "${ALL:-}" ]; then
    # other checkouts with the same cache may have a demo running
    for pid_file in "$CACHE"/checkout-*/demo.pid; do
        if [ ! -e "$pid_file" ]; then continue; fi
        pid=$(cut -d' ' -f1 "$pid_file")
        if grep -qaF "$(dirname "$pid_file")/odoo-bin" "/proc/$pid/cmdline" 2>/dev/null; then
            say "stopping the demo of another checkout (process $pid)"
            kill -TERM "$pid"
        fi
    done
    say "stopping the private PostgreSQL and deleting $CACHE ($(du -sh "$CACHE" | cut -f1))"
    stop_postgres
    # only what the scripts made: the folder may be one the reader chose
    rm -rf "$CACHE"/{checkout-*,data,downloads,odoo-19_*,unpacking,pg,secrets,secrets.part,venv-*,lint-*,node-*,versions.txt,test-seconds.json,lock}
    # the socket's folder outside the cache, never one that the reader's own PGHOST names
    case ${PGHOST:-} in /tmp/giftcard_salon-*) rm -rf "$PGHOST" ;; esac
    rmdir "$CACHE" 2>/dev/null || note "kept in $CACHE: $(ls -A "$CACHE" | tr '\n' ' ')"
    exit
fi

if [ -d "$CACHE/pg" ]; then
    lock_cache
    provide_postgres
    for db in $(psql_ -c "SELECT datname FROM pg_database WHERE datname LIKE 'gc\\_%\\_$CHECKOUT_ID%'"); do
        say "dropping database $db"
        drop_db "$db"
    done
    unlock_cache
fi
say "deleting $STATE (configuration, logs)"
rm -rf "$STATE"
find "$ROOT" -path "$ROOT/.git" -prune -o -type d \
    \( -name __pycache__ -o -name .pytest_cache -o -name .ruff_cache \) -prune -exec rm -rf {} +
note "the downloads stay in $CACHE; make clean ALL=1 deletes them too"
