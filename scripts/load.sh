# For scripts that run after setup.sh: its results, and the environment that
# tests/, demo/ and bench read.
# shellcheck shell=bash

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$ENV_FILE"
source "$ROOT/scripts/builds.sh"

export PATH="$PG_BIN:$PATH"
export PYTHONPATH=$ODOO_HOME
export GIFTCARD_PYTHON=$PY GIFTCARD_ODOO_BIN=$ODOO_BIN GIFTCARD_ODOO_HOME=$ODOO_HOME
export GIFTCARD_CONF=$CONF GIFTCARD_DATA_DIR=$DATA_DIR GIFTCARD_CHECKOUT_ID=$CHECKOUT_ID
export GIFTCARD_PSQL_DSN="host=$PGHOST port=$PGPORT user=$PGUSER"
export GIFTCARD_ADDON_DB=$ADDON_DB GIFTCARD_TEMPLATE_DB=$DEMO_TEMPLATE_DB
