#!/usr/bin/env bash
# The add-on's README.rst and static/description/ out of its readme/*.md.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$ROOT/scripts/packages.sh"
source "$ROOT/scripts/venv.sh"

lock_cache
ensure_packages lint
provide_venv lint "$ROOT/requirements-lint.txt"
unlock_cache

"$VENV_DIR/bin/python" "$ROOT/scripts/lint/make_readme.py"
