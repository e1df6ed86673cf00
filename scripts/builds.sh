# What is built from the template for this checkout: a database with the add-on; from
# it one with the company of the till's tests, one with the browser tests' scripts, one
# with the demo chain (tests and measurements copy them), one in which a year has passed
# there; and one with the add-on beside other apps. Rebuilt when the files changed, those
# with dates in them also on another day.
# shellcheck shell=bash

source "$ROOT/scripts/databases.sh"
ADDON_DB=gc_addon_$CHECKOUT_ID
PREPARED_DB=gc_prepared_$CHECKOUT_ID
BROWSER_DB=gc_browser_$CHECKOUT_ID
BESIDE_DB=gc_beside_$CHECKOUT_ID
DEMO_TEMPLATE_DB=gc_demotpl_$CHECKOUT_ID
HISTORY_DB=gc_demohist_$CHECKOUT_ID
DEMO_DB=gc_demo_$CHECKOUT_ID

fingerprint() { # FOLDER…: over what an installation reads, not the tests
    (
        cd "$ROOT"
        find "$@" -type f -not -name '*.pyc' -not -name '*.rst' -not -path '*/tests/*' \
            -not -path '*/static/src/*' -print0 | sort -z | xargs -0r sha256sum | hash_of
    )
}

contents() { # FOLDER find arguments…: over what a step after the installation reads
    (
        cd "$ROOT"
        find "$@" -type f -not -name '*.pyc' -print0 | sort -z | xargs -0r sha256sum | hash_of
    )
}

is_current() { # DB FINGERPRINT
    [ "$(cat "$STATE/$1.stamp" 2>/dev/null)" = "$2" ] && db_exists "$1"
}

finish_build() { # BUILDING DB FINGERPRINT
    rename_db "$1" "$2"
    echo "$3" >"$STATE/$2.stamp"
}

install_addon() { # DB -i|-u
    long_step "installing $ADDON ($2) in $1" "$LOGS/install.log" odoo_once "$1" "$2" "$ADDON"
    if grep -E ' (ERROR|CRITICAL) ' "$LOGS/install.log" || ! module_installed "$1" "$ADDON"; then
        die "$ADDON did not install cleanly" "log: $LOGS/install.log"
    fi
    grep -E " WARNING .*$ADDON" "$LOGS/install.log" | sed 's/^/   /' || :
}

provide_addon_db() {
    local wanted building=gc_build_addon_$CHECKOUT_ID
    [ -e "$ROOT/$ADDON/__manifest__.py" ] || die "there is no add-on in $ROOT/$ADDON"
    wanted="$TEMPLATE_DB $(fingerprint "$ADDON")"
    if is_current "$ADDON_DB" "$wanted"; then return; fi
    copy_db "$TEMPLATE_DB" "$building"
    install_addon "$building" -i
    finish_build "$building" "$ADDON_DB" "$wanted"
}

# The till tests' company: see giftcard_salon/tests/prepared_common.py. Odoo dates what
# it makes, and tests expect it to be of today.
provide_prepared_db() {
    local wanted building=gc_build_prepared_$CHECKOUT_ID
    provide_addon_db
    wanted="$(cat "$STATE/$ADDON_DB.stamp") $(contents "$ADDON/tests" -name '*.py' -not -name 'test_*')"
    wanted="$wanted $(contents scripts/suite/prepare_company.py) $(date -u +%F)"
    if is_current "$PREPARED_DB" "$wanted"; then return; fi
    copy_db "$ADDON_DB" "$building"
    long_step "preparing the company of the till's tests" "$LOGS/prepared.log" \
        in_odoo scripts/suite/prepare_company.py "$building"
    finish_build "$building" "$PREPARED_DB" "$wanted"
}

# A bundle that is out of date is built anew under another name by the test that
# wants it: the stamp is there for speed.
provide_browser_db() {
    local wanted building=gc_build_browser_$CHECKOUT_ID
    provide_addon_db
    wanted="$(cat "$STATE/$ADDON_DB.stamp") $(contents "$ADDON/static" scripts/suite/build_bundles.py)"
    if is_current "$BROWSER_DB" "$wanted"; then return; fi
    copy_db "$ADDON_DB" "$building"
    long_step "building the scripts of the browser tests" "$LOGS/bundles.log" \
        in_odoo scripts/suite/build_bundles.py "$building"
    finish_build "$building" "$BROWSER_DB" "$wanted"
}

provide_beside_db() { # the add-on beside other apps
    local wanted building=gc_build_beside_$CHECKOUT_ID
    provide_beside_template
    wanted="$BESIDE_TEMPLATE_DB $(fingerprint "$ADDON")"
    if is_current "$BESIDE_DB" "$wanted"; then return; fi
    copy_db "$BESIDE_TEMPLATE_DB" "$building"
    install_addon "$building" -i
    finish_build "$building" "$BESIDE_DB" "$wanted"
}

provide_demo_template() {
    local wanted building=gc_build_demotpl_$CHECKOUT_ID
    provide_addon_db
    wanted="$(cat "$STATE/$ADDON_DB.stamp") $(fingerprint demo)"
    if is_current "$DEMO_TEMPLATE_DB" "$wanted"; then return; fi
    copy_db "$ADDON_DB" "$building"
    long_step "setting up the demo chain" "$LOGS/demo-data.log" in_odoo demo/main.py "$building"
    finish_build "$building" "$DEMO_TEMPLATE_DB" "$wanted"
}

provide_demo_history() {
    local wanted building=gc_build_demohist_$CHECKOUT_ID
    provide_demo_template
    wanted="$(cat "$STATE/$DEMO_TEMPLATE_DB.stamp") $(date +%F)"
    if is_current "$HISTORY_DB" "$wanted"; then return; fi
    copy_db "$DEMO_TEMPLATE_DB" "$building"
    long_step "living a year in the demo chain, bill by bill (2 to 4 minutes)" \
        "$LOGS/demo-history.log" in_odoo demo/history.py "$building"
    # what it printed last (addresses, logins, cards to try) is shown by `make demo`
    sed -n '/^Belle Île/,$p' "$LOGS/demo-history.log" >"$STATE/demo.txt"
    finish_build "$building" "$HISTORY_DB" "$wanted"
}

in_odoo() { # FILE DB ARGUMENT…
    local file=$1 db=$2
    shift 2
    "$PY" "$ROOT/scripts/run_in_odoo.py" "$ROOT/$file" "$db" "$@"
}

# A scratch database is named after the process that uses it, so that what a
# killed run left behind can be told from what is in use.
scratch_db() { # NAME
    local db
    for db in $(psql_ -c "SELECT datname FROM pg_database WHERE datname LIKE 'gc\\_$1\\_${CHECKOUT_ID}\\_%'"); do
        [ -e "/proc/${db##*_}" ] || drop_db "$db"
    done
    printf %s "gc_$1_${CHECKOUT_ID}_$$"
}
