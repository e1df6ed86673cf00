# Databases with their filestores, and the template. Names carry the checkout's hash, but for the
# template with the dependencies, which all checkouts share.
# shellcheck shell=bash

DEPENDENCIES=base_setup,account,point_of_sale,website_sale,l10n_fr_account,l10n_fr_pos_cert,payment_demo

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
    local module building
    TEMPLATE_DB=gc_template_$(printf '%s|%s' "$ODOO_FINGERPRINT" "$DEPENDENCIES" | sha256sum | cut -c1-8)
    if db_exists "$TEMPLATE_DB"; then return; fi
    building=gc_build_${TEMPLATE_DB#gc_template_}
    drop_db "$building"
    create_empty_db "$building"
    long_step "installing $DEPENDENCIES into a template database (1 to 2 minutes)" \
        "$LOGS/template.log" odoo_once "$building" -i "$DEPENDENCIES"
    for module in ${DEPENDENCIES//,/ }; do
        module_installed "$building" "$module" || die "module $module did not install" "log: $LOGS/template.log"
    done
    rename_db "$building" "$TEMPLATE_DB"
}
