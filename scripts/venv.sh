# The Python environments, one per list of requirements and Python version.
# shellcheck shell=bash

make_venv() {
    "$2" -m venv --clear "$1" &&
        "$1/bin/python" -m pip install --progress-bar off --disable-pip-version-check \
            --prefer-binary -r "$3"
}

provide_venv() { # NAME REQUIREMENTS -> sets VENV_DIR
    local python key
    python=$(find_python)
    key=$({ cat "$2"; "$python" -VV; "$python" -c 'import sys; print(sys.base_prefix)'; } | hash_of)
    VENV_DIR=$CACHE/$1-$key
    if [ -e "$VENV_DIR/.complete" ] && "$VENV_DIR/bin/python" -c '' 2>/dev/null; then return; fi
    rm -rf "$VENV_DIR"
    # an environment cannot be moved once made: the stamp says it is whole
    long_step "Python packages of $(basename "$2")" "$LOGS/$1.log" make_venv "$VENV_DIR" "$python" "$2"
    touch "$VENV_DIR/.complete"
}
