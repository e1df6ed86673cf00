#!/usr/bin/env bash
# The other targets that need a running set-up: run.sh bench|stress|cases
bash "$(dirname "${BASH_SOURCE[0]}")/setup.sh" run || exit
source "$(dirname "${BASH_SOURCE[0]}")/load.sh"
cd "$ROOT"

measure() { # bench | stress: they start servers and processes of their own
    lock_cache
    provide_demo_template
    unlock_cache
    # shellcheck disable=SC2086
    exec "$PY" "tests/$1/main.py" ${ARGS:-}
}

cases() {
    local db rc=0 file
    file=$(realpath "${FILE:-tests/cases/shared.json}")
    [ -r "$file" ] || die "cannot read $file" "usage: make cases FILE=path/to/cases.json"
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
bench | stress) measure "$1" ;;
cases) cases ;;
esac
