# The server's configuration, its secrets, and the launcher.
# shellcheck shell=bash

provide_secrets() { # made once per cache: cards stay readable across runs
    SECRETS=$CACHE/secrets
    if [ ! -s "$SECRETS" ]; then
        (
            umask 077
            python3 - >"$SECRETS.part" <<'PYTHON'
import secrets
print("hash_key = 1:" + secrets.token_hex(32))
print("cipher_key = 1:" + secrets.token_hex(32))
print("seal_key = 1:" + secrets.token_hex(32))
PYTHON
        )
        mv "$SECRETS.part" "$SECRETS"
    fi
}

write_conf() {
    (
        umask 077
        cat >"$CONF.part" <<CONF
[options]
addons_path = $ADDONS_PATH,$ROOT
data_dir = $DATA_DIR
db_host = $PGHOST
db_port = $PGPORT
db_user = $PGUSER
db_maxconn = 64
http_interface = 127.0.0.1
list_db = False
admin_passwd = $(sha256sum <"$SECRETS" | cut -c1-32)

[giftcard_salon]
$(cat "$SECRETS")
CONF
    )
    mv "$CONF.part" "$CONF"
    # a launcher that needs no PYTHONPATH and that workers can start again
    cat >"$ODOO_BIN.part" <<PYTHON
#!$PY
import sys
sys.path.insert(0, "$ODOO_HOME")
if __name__ == "__main__":
    from odoo.cli.command import main
    main()
PYTHON
    chmod +x "$ODOO_BIN.part"
    mv "$ODOO_BIN.part" "$ODOO_BIN"
}

write_env() { # what every later step sources
    cat >"$ENV_FILE.part" <<ENV
PY='$PY'
ODOO_BIN='$ODOO_BIN'
ODOO_HOME='$ODOO_HOME'
ODOO_SOURCE='$ODOO_SOURCE'
ODOO_FINGERPRINT='$ODOO_FINGERPRINT'
PG_BIN='$PG_BIN'
PG_DATA='$PG_DATA'
TEMPLATE_DB='$TEMPLATE_DB'
export PGHOST='$PGHOST' PGPORT='$PGPORT' PGUSER='$PGUSER'
ENV
    mv "$ENV_FILE.part" "$ENV_FILE"
}

print_versions() {
    local chromium
    chromium=$(find_chromium)
    {
        echo "Odoo        $ODOO_VERSION, $ODOO_SOURCE"
        echo "Python      $("$PY" -V | cut -d' ' -f2), $(dirname "$(dirname "$PY")")"
        echo "PostgreSQL  $PG_VERSION, $PG_DATA"
        echo "Chromium    $([ -z "$chromium" ] && echo "none (only tests need it)" || "$chromium" --version 2>/dev/null | grep -oE '[0-9.]{5,}' | head -1)"
        echo "Cache       $CACHE"
    } | tee "$CACHE/versions.txt" | sed 's/^/   /'
}
