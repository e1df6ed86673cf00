#!/usr/bin/env bash
# Every linter, all of them even when one fails; nothing is changed.
# FIX=1 repairs instead what can be: format, and pages that are made of others.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$ROOT/scripts/packages.sh"
source "$ROOT/scripts/venv.sh"
cd "$ROOT"

install_node_tools() { # DIR
    mkdir -p "$1"
    cp scripts/lint/package.json scripts/lint/package-lock.json "$1/"
    (cd "$1" && npm ci --no-audit --no-fund)
}

lock_cache
ensure_packages lint
provide_venv lint "$ROOT/requirements-lint.txt"
NODE_DIR=$CACHE/node-$(hash_of scripts/lint/package-lock.json <(node --version))
if [ ! -e "$NODE_DIR/.complete" ]; then
    rm -rf "$NODE_DIR"
    long_step "node packages for linting" "$LOGS/npm.log" install_node_tools "$NODE_DIR"
    touch "$NODE_DIR/.complete"
fi
unlock_cache

export PATH="$VENV_DIR/bin:$PATH" NODE_PATH=$NODE_DIR/node_modules
FAILED=()
check() { # NAME COMMAND…
    local name=$1
    shift
    say "$name"
    "$@" || FAILED+=("$name")
}

PYTHON_DIRS=()
for dir in "$ADDON" tests demo scripts; do
    if [ -d "$dir" ]; then PYTHON_DIRS+=("$dir"); fi
done
RUFF_CHECK=() RUFF_FORMAT=(--check) PRETTIER=--check README=(--check) HEADERS=()
if [ -n "${FIX:-}" ]; then RUFF_CHECK=(--fix) RUFF_FORMAT=() PRETTIER=--write README=() HEADERS=(--fix); fi

check "licence lines" python scripts/lint/check_headers.py "${HEADERS[@]}"
check "ruff check" ruff check --quiet "${RUFF_CHECK[@]}" "${PYTHON_DIRS[@]}"
check "ruff format" ruff format --quiet "${RUFF_FORMAT[@]}" "${PYTHON_DIRS[@]}"
# a model's files are split by concept here, so that message says nothing
check "pylint-odoo" pylint --rcfile=.pylintrc --disable=consider-merging-classes-inherited "$ADDON"
check "oca-checks-odoo-module" oca-checks-odoo-module "$ADDON"
check "pages made of readme/*.md" python scripts/lint/make_readme.py "${README[@]}"
check "names in the documentation" python scripts/lint/check_names.py
check "content of the wheel" python scripts/lint/check_wheel.py
check "prettier" node "$NODE_DIR/node_modules/prettier/bin/prettier.cjs" $PRETTIER --log-level=warn \
    --no-error-on-unmatched-pattern "$ADDON/**/*.{js,xml,css,scss}"
check "eslint" node "$NODE_DIR/node_modules/eslint/bin/eslint.js" --no-error-on-unmatched-pattern \
    --no-warn-ignored "$ADDON/static/**/*.js"

if [ ${#FAILED[@]} -gt 0 ]; then die "lint failed: $(printf '%s, ' "${FAILED[@]}" | sed 's/, $//')"; fi
say "lint: all clean"
