#!/usr/bin/env bash
# The other targets that need a running set-up: run.sh bench|stress|cases
bash "$(dirname "${BASH_SOURCE[0]}")/setup.sh" run || exit
source "$(dirname "${BASH_SOURCE[0]}")/load.sh"
cd "$ROOT"

# bench and stress start servers and processes of their own
bench() {
    source "$ROOT/scripts/bench.sh"
    if needs_databases; then
        lock_cache
        provide_bench_dbs
        unlock_cache
    fi
    measure bench
}

stress() {
    if needs_databases; then
        lock_cache
        provide_demo_template
        unlock_cache
    fi
    measure stress
}

needs_databases() { # --help tells its options at once
    case " ${ARGS:-} " in *" --help "* | *" -h "*) return 1 ;; esac
}

measure() { # bench | stress
    # shellcheck disable=SC2086
    exec "$PY" "tests/$1/main.py" ${ARGS:-}
}

cases() {
    local db rc=0 file
    file=$(realpath -m "${FILE:-tests/cases/shared.json}")
    [ -f "$file" ] && [ -r "$file" ] || die "cannot read $file" "usage: make cases FILE=path/to/cases.json"
    db=$(scratch_db cases)
    lock_cache
    provide_addon_db
    copy_db "$ADDON_DB" "$db"
    unlock_cache
    trap 'drop_db "$db"' EXIT
    in_odoo tests/cases/run.py "$db" "$file" "${ONLY:-}" || rc=$?
    exit "$rc"
}

case $1 in
bench | stress | cases) "$1" ;;
esac
