# Databases with their filestores, and the template. Names carry the checkout's hash, but for the
# templates with the dependencies and the other apps, which all checkouts share.
# shellcheck shell=bash

DEPENDENCIES=base_setup,account,point_of_sale,website_sale,l10n_fr_account,l10n_fr_pos_cert,payment_demo
# other apps of Odoo's, beside which the add-on has to hold
NEIGHBOURS=sale_management,sale_loyalty,website_sale_loyalty,pos_loyalty,pos_sale,pos_hr
NEIGHBOURS+=,pos_restaurant,pos_self_order,pos_discount

psql_() { "$PG_BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "${DB:-postgres}" "$@"; }

db_exists() { [ "$(psql_ -c "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

drop_db() { # only ever names made here
    case $1 in gc_*) ;; *) die "refusing to drop database $1" ;; esac
    psql_ -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null
    rm -rf "$DATA_DIR/filestore/$1"
}

create_empty_db() {
    psql_ -c "CREATE DATABASE \"$1\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    relax_db "$1"
}

copy_db() { # FROM TO
    drop_db "$2"
    psql_ -c "CREATE DATABASE \"$2\" TEMPLATE \"$1\""
    case $2 in gc_demo_*) ;; *) relax_db "$2" ;; esac
    mkdir -p "$DATA_DIR/filestore"
    if [ -d "$DATA_DIR/filestore/$1" ]; then
        # links to the same contents: the filestore never rewrites a file
        cp -al "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
    fi
}

# Losing the last second of a test database in a power cut hurts nobody. The
# setting is not inherited by copies: a benchmark's database is as safe as ever.
relax_db() { psql_ -c "ALTER DATABASE \"$1\" SET synchronous_commit = off"; }

rename_db() { # FROM TO: the last act of building something that takes long
    drop_db "$2"
    rm -rf "$DATA_DIR/filestore/$2"
    if [ -d "$DATA_DIR/filestore/$1" ]; then mv "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"; fi
    psql_ -c "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    relax_db "$2"
}

odoo_once() { # DB odoo arguments…: no server stays behind
    local db=$1
    shift
    "$PY" "$ODOO_BIN" -c "$CONF" -d "$db" --no-http --stop-after-init --max-cron-threads=0 "$@"
}

# Odoo can exit 0 although a module did not load: ask the database.
module_installed() { # DB MODULE
    [ "$(DB=$1 psql_ -c "SELECT state FROM ir_module_module WHERE name = '$2'")" = installed ]
}

provide_template() {
    TEMPLATE_DB=$(template_name "$ODOO_FINGERPRINT|$DEPENDENCIES")
    build_template "$TEMPLATE_DB" "$DEPENDENCIES"
}

provide_beside_template() { # what the tests beside other apps start from
    BESIDE_TEMPLATE_DB=$(template_name "$TEMPLATE_DB|$NEIGHBOURS")
    build_template "$BESIDE_TEMPLATE_DB" "$NEIGHBOURS" "$TEMPLATE_DB"
}

template_name() { printf 'gc_template_%s' "$(printf %s "$1" | sha256sum | cut -c1-8)"; }

build_template() { # DB MODULES [FROM]
    local module building=gc_build_${1#gc_template_} log=$LOGS/${1#gc_}.log
    if db_exists "$1"; then return; fi
    drop_db "$building"
    if [ $# -gt 2 ]; then copy_db "$3" "$building"; else create_empty_db "$building"; fi
    long_step "installing $2 into a template database (1 to 3 minutes)" \
        "$log" odoo_once "$building" -i "$2"
    for module in ${2//,/ }; do
        module_installed "$building" "$module" || die "module $module did not install" "log: $log"
    done
    rename_db "$building" "$1"
}
