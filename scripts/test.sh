#!/usr/bin/env bash
# All tests, in two lanes side by side: the add-on's under pytest (a half in each), the
# system tests after one half, and after the other half the add-on's once more under
# Odoo's own runner in an empty database. T=path or T=expression: pytest only.
bash "$(dirname "${BASH_SOURCE[0]}")/setup.sh" test || exit
source "$(dirname "${BASH_SOURCE[0]}")/load.sh"
cd "$ROOT"

CLOSING=()
FAILED=()

in_pytest() { # NAME pytest arguments…
    local name=$1 log=$LOGS/pytest-$1.log xml=$LOGS/pytest-$1.xml rc=0
    shift
    rm -f "$xml"
    "$PY" -m pytest -q -rs --junitxml="$xml" "$@" 2>&1 | tee "$log" || rc=$?
    CLOSING+=("$name: $(tail -n 1 "$log" | sed 's/^=* *//; s/ *=*$//')")
    if [ "$rc" != 0 ] || ! "$PY" scripts/check_results.py junit "$xml"; then FAILED+=("$name"); fi
}

addon_tests() { # NAME pytest arguments…
    local db name=$1
    shift
    say "the add-on's tests (pytest-odoo): $name"
    db=$(scratch_db "${name//-/_}")
    lock_cache
    provide_addon_db
    copy_db "$ADDON_DB" "$db"
    unlock_cache
    trap 'drop_db "$db"' EXIT
    in_pytest "$name" --odoo-config="$CONF" --odoo-database="$db" --odoo-http \
        --odoo-log-level=error "$@"
    drop_db "$db"
    trap - EXIT
}

empty_database_tests() {
    local db log=$LOGS/odoo-runner.log line
    db=$(scratch_db empty)
    drop_db "$db"
    create_empty_db "$db"
    trap 'drop_db "$db"' EXIT
    (long_step "Odoo's own runner: install $ADDON and all it needs in an empty database, then its tests" \
        "$log" "$PY" "$ODOO_BIN" -c "$CONF" -d "$db" --http-port="$(free_port)" --max-cron-threads=0 \
        -i "$ADDON" --test-tags "/$ADDON,-giftcard_tour,-giftcard_french" --stop-after-init) || FAILED+=("Odoo's runner")
    if line=$("$PY" scripts/check_results.py odoo "$log"); then
        CLOSING+=("Odoo's runner: $line")
    else
        CLOSING+=("Odoo's runner: FAILED, log: $log")
        FAILED+=("Odoo's runner")
    fi
    drop_db "$db"
    trap - EXIT
}

half() { # 0 or 1: every other file of tests
    printf '%s\n' "$ADDON"/tests/test_*.py | awk -v half="$1" 'NR % 2 == half'
}

# hand_over FILE: writes down the results of this process for take_over
hand_over() {
    {
        [ ${#CLOSING[@]} = 0 ] || printf 'closing %s\n' "${CLOSING[@]}"
        [ ${#FAILED[@]} = 0 ] || printf 'failed %s\n' "${FAILED[@]}"
    } >"$1"
}

# take_over FILE: adds what another process wrote down of its results
take_over() {
    local kind text
    if [ ! -s "$1" ]; then FAILED+=("what ran beside"); return; fi
    while read -r kind text; do
        case $kind in
            closing) CLOSING+=("$text") ;;
            failed) FAILED+=("$text") ;;
        esac
    done <"$1"
}

system_tests() {
    say "the system tests, against a running server"
    lock_cache
    provide_demo_template
    unlock_cache
    in_pytest system -p no:odoo tests
}

if [ -n "${T:-}" ]; then
    if [ -e "${T%%::*}" ]; then addon_tests add-on "$T"; else addon_tests add-on "$ADDON" -k "$T"; fi
else
    beside=$LOGS/beside.txt
    rm -f "$beside.done"
    (
        CLOSING=() FAILED=()
        # shellcheck disable=SC2046
        addon_tests add-on-2 $(half 0)
        empty_database_tests
        hand_over "$beside.done"
    ) >"$beside" 2>&1 &
    other=$!
    # shellcheck disable=SC2046
    addon_tests add-on-1 $(half 1)
    system_tests
    wait "$other" || :
    cat "$beside"
    take_over "$beside.done"
fi

echo
if [ ${#FAILED[@]} -gt 0 ]; then say "FAILED: $(printf '%s\n' "${FAILED[@]}" | sort -u | paste -sd, -)"; fi
printf '%s\n' "${CLOSING[@]}"
[ ${#FAILED[@]} = 0 ]
