#!/usr/bin/env bash
# The demo chain on a running server. usage: demo.sh [start|stop]
# Variables: PORT, FRESH=1, DETACH=1, WORKERS.
ACTION=${1:-start}
if [ "$ACTION" = start ]; then
    bash "$(dirname "${BASH_SOURCE[0]}")/setup.sh" run || exit
fi
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
PORT=${PORT:-8069}
GEVENT_PORT=$((PORT + 3))
PID_FILE=$STATE/demo.pid
LOG=$LOGS/demo-server.log
URL=http://127.0.0.1:$PORT

server_pid() { # of the demo this checkout started, if it still runs
    local pid
    pid=$(cut -d' ' -f1 "$PID_FILE" 2>/dev/null) || return 1
    grep -qaF "$STATE/odoo-bin" "/proc/$pid/cmdline" 2>/dev/null && printf %s "$pid"
}

stop_server() {
    local pid
    if ! pid=$(server_pid); then
        say "no demo of this checkout is running"
        return
    fi
    kill -TERM "$pid"
    for _ in $(seq 100); do
        if [ ! -e "/proc/$pid" ]; then break; fi
        sleep 0.2
    done
    if [ -e "/proc/$pid" ]; then kill -KILL "$pid"; fi
    rm -f "$PID_FILE"
    say "the demo server has stopped"
}

if [ "$ACTION" = stop ]; then
    stop_server
    exit
fi

source "$ROOT/scripts/load.sh"
if server_pid >/dev/null; then
    die "the demo of this checkout is already running: http://127.0.0.1:$(cut -d' ' -f2 "$PID_FILE")" \
        "Stop it with: make demo-stop"
fi
for port in "$PORT" "$GEVENT_PORT"; do
    if port_taken "$port"; then
        die "port $port is taken by another program (the demo needs $PORT and $GEVENT_PORT)" \
            "Choose another: make demo PORT=$((PORT + 1))"
    fi
done

provide_demo_db() {
    local wanted
    if [ -n "${FRESH:-}" ]; then drop_db "$DEMO_DB"; fi
    wanted="$TEMPLATE_DB $(fingerprint "$ADDON")"
    if is_current "$DEMO_DB" "$wanted"; then return; fi
    if db_exists "$DEMO_DB" && [ "$(cut -d' ' -f1 "$STATE/$DEMO_DB.stamp" 2>/dev/null)" = "$TEMPLATE_DB" ]; then
        install_addon "$DEMO_DB" -u
    else
        provide_demo_history
        copy_db "$HISTORY_DB" "$DEMO_DB"
        cp "$STATE/demo.txt" "$STATE/$DEMO_DB.txt"
    fi
    echo "$wanted" >"$STATE/$DEMO_DB.stamp"
}
lock_cache
provide_demo_db
unlock_cache

say "starting the server (log: $LOG)"
setsid "$PY" "$ODOO_BIN" -c "$CONF" -d "$DEMO_DB" --db-filter="^$DEMO_DB\$" \
    --http-port="$PORT" --gevent-port="$GEVENT_PORT" --workers="${WORKERS:-0}" \
    --max-cron-threads=1 >"$LOG" 2>&1 </dev/null &
PID=$!
trap 'stop_server; exit 0' INT TERM HUP
echo "$PID $PORT" >"$PID_FILE"
answers() {
    "$PY" -c 'import sys, urllib.request as r; r.urlopen(sys.argv[1] + "/web/login", timeout=30)' "$URL" 2>/dev/null
}
STARTED=$SECONDS
until answers; do
    if ! kill -0 "$PID" 2>/dev/null; then
        tail -n 20 "$LOG" >&2
        die "the server stopped while starting (log: $LOG)"
    fi
    if [ $((SECONDS - STARTED)) -gt 300 ]; then stop_server && die "the server does not answer (log: $LOG)"; fi
    sleep 1
done

echo
sed "s|{url}|$URL|g" "$STATE/$DEMO_DB.txt"
say "the demo chain runs on $URL (log: $LOG)"
if [ -n "${DETACH:-}" ]; then
    note "make demo-stop stops it"
    exit
fi
note "Ctrl-C stops it"
wait "$PID" || :
rm -f "$PID_FILE"
