#!/usr/bin/env bash
# Everything the other scripts need: Odoo, Python packages, a private
# PostgreSQL and a template database. usage: setup.sh [run|test]
# Does nothing but check when all of it is there already.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$ROOT/scripts/packages.sh"
source "$ROOT/scripts/odoo.sh"
source "$ROOT/scripts/venv.sh"
source "$ROOT/scripts/postgres.sh"
source "$ROOT/scripts/databases.sh"
source "$ROOT/scripts/conf.sh"

lock_cache
ensure_packages "${1:-run}"
provide_odoo
provide_venv venv "$ROOT/requirements.txt"
PY=$VENV_DIR/bin/python
ODOO_BIN=$STATE/odoo-bin
provide_secrets
provide_postgres
write_conf
provide_template
write_env
say "ready"
print_versions
unlock_cache
