# What is built from the template for this checkout: a database with the
# add-on, one with the add-on beside other apps, one with the demo chain on top (tests
# and measurements copy it), one in which a year has passed there. Rebuilt when the files changed, the last one also
# on another day.
# shellcheck shell=bash

source "$ROOT/scripts/databases.sh"
ADDON_DB=gc_addon_$CHECKOUT_ID
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
