#!/usr/bin/env bash
# One job of the tests: job.sh KIND NAME FOLDER [argument…]. Its log and its JUnit file
# go to FOLDER, its last line is a closing line; fails unless tests ran, all of them
# passed and none was skipped. Kinds:
#   builds     what the others copy
#   plain      the add-on's tests, in a database with the add-on
#   prepared   those of a till, in one that has its company already
#   browser    those in a browser, in one that has its scripts
#   beside     those beside other apps, in one that has them
#   system     against a running server
#   runner     Odoo's own runner, in an empty database; the argument: its tags
source "$(dirname "${BASH_SOURCE[0]}")/../load.sh"
cd "$ROOT"
KIND=$1 NAME=$2 FOLDER=$3
shift 3

close() { # RESULT LINE
    printf '%s: %s\n' "$NAME" "$2"
    exit "$1"
}

in_pytest() { # pytest arguments…
    local log=$FOLDER/$NAME.log xml=$FOLDER/$NAME.xml rc=0
    rm -f "$xml"
    "$PY" -m pytest -q -rs --junitxml="$xml" "$@" 2>&1 | tee "$log" || rc=1
    "$PY" scripts/check_results.py junit "$xml" || rc=1
    close "$rc" "$(tail -n 1 "$log" | sed 's/^=* *//; s/ *=*$//')"
}

on_copy() { # DB pytest arguments…
    local source=$1
    shift
    SCRATCH=$(scratch_db "${NAME//-/_}")
    trap 'drop_db "$SCRATCH"' EXIT
    copy_db "$source" "$SCRATCH"
    unlock_cache
    in_pytest --odoo-config="$CONF" --odoo-database="$SCRATCH" --odoo-http \
        --odoo-log-level=error "$@"
}

odoo_runner() { # TAGS
    local log=$FOLDER/runner.log line rc=0
    SCRATCH=$(scratch_db empty)
    drop_db "$SCRATCH"
    create_empty_db "$SCRATCH"
    trap 'drop_db "$SCRATCH"' EXIT
    (long_step "Odoo's own runner: install $ADDON and all it needs in an empty database, then tests" \
        "$log" "$PY" "$ODOO_BIN" -c "$CONF" -d "$SCRATCH" --http-port="$(free_port)" --max-cron-threads=0 \
        -i "$ADDON" --test-tags "$1" --stop-after-init) || rc=1
    line=$("$PY" scripts/check_results.py odoo "$log") || rc=1
    close "$rc" "${line:-FAILED, log: $log}"
}

case $KIND in
    builds)
        lock_cache
        provide_prepared_db
        provide_browser_db
        provide_demo_template
        unlock_cache
        ;;
    plain)
        lock_cache
        provide_addon_db
        on_copy "$ADDON_DB" "$@"
        ;;
    prepared)
        lock_cache
        provide_prepared_db
        on_copy "$PREPARED_DB" "$@"
        ;;
    browser)
        lock_cache
        provide_browser_db
        on_copy "$BROWSER_DB" "$@"
        ;;
    beside)
        lock_cache
        provide_beside_db
        export GIFTCARD_BESIDE=1
        on_copy "$BESIDE_DB" "$@"
        ;;
    system)
        lock_cache
        provide_demo_template
        unlock_cache
        in_pytest -p no:odoo "$@"
        ;;
    runner) odoo_runner "$@" ;;
esac
