#!/usr/bin/env bash
# The add-on's tests beside other apps of Odoo's, on a database that has them.
# usage: test_beside.sh [more arguments for pytest]
bash "$(dirname "${BASH_SOURCE[0]}")/setup.sh" test || exit
source "$(dirname "${BASH_SOURCE[0]}")/load.sh"
cd "$ROOT"

xml=$LOGS/pytest-beside.xml
db=$(scratch_db besidetest)
lock_cache
provide_beside_db
copy_db "$BESIDE_DB" "$db"
unlock_cache
trap 'drop_db "$db"' EXIT
rm -f "$xml"
GIFTCARD_BESIDE=1 "$PY" -m pytest -q -rs --junitxml="$xml" --odoo-config="$CONF" \
    --odoo-database="$db" --odoo-http --odoo-log-level=error "$ADDON/tests/beside" "$@"
"$PY" scripts/check_results.py junit "$xml"
