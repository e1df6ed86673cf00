#!/usr/bin/env bash
# All tests: what there is to run is collected first, then scripts/suite/run_suite.py runs it,
# two jobs at a time. T=path or T=expression: some of the add-on's, or of the system
# tests (T=tests/test_race.py), without the rest.
bash "$(dirname "${BASH_SOURCE[0]}")/setup.sh" test || exit
source "$(dirname "${BASH_SOURCE[0]}")/load.sh"
cd "$ROOT"
JOB=scripts/suite/job.sh
RUN=$LOGS/suite

if [ -n "${T:-}" ]; then
    if [ ! -e "${T%%::*}" ]; then exec bash $JOB plain add-on "$LOGS" "$ADDON" -k "$T"; fi
    case $T in
        tests | tests/*) exec bash $JOB system system "$LOGS" "$T" ;;
        "$ADDON"/tests/beside*) exec bash $JOB beside beside "$LOGS" "$T" ;;
    esac
    exec bash $JOB plain add-on "$LOGS" "$T"
fi

collect() { # KIND pytest arguments…
    local kind=$1
    shift
    if ! "$PY" scripts/suite/collect.py "$kind" "$RUN/$kind.json" "$@" >"$RUN/collect.log" 2>&1; then
        cat "$RUN/collect.log" >&2
        die "not all tests can be collected"
    fi
}

rm -rf "$RUN"
mkdir "$RUN"
say "collecting the tests"
GIFTCARD_BESIDE=1 collect addon --odoo-config="$CONF" --odoo-database=none "$ADDON"
collect system -p no:odoo tests
exec "$PY" scripts/suite/run_suite.py "$RUN"
