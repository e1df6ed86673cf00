# Odoo 19: Debian's package, downloaded and unpacked (never installed), or the
# reader's own checkout in ODOO_DIR. Sets ODOO_HOME, ODOO_VERSION, ODOO_SOURCE.
# shellcheck shell=bash

ODOO_SERIES=19.0
source "$ROOT/scripts/odoo_package.sh"

no_odoo() {
    die "$1" \
        "Or set ODOO_DIR to your own checkout of Odoo $ODOO_SERIES (a folder with odoo-bin" \
        "or an 'odoo' package), for example:  make demo ODOO_DIR=~/src/odoo"
}

use_package() {
    local wanted
    fetch_odoo
    ODOO_PACKAGE=$(basename "$DOWNLOADS"/odoo-19_*.deb .deb)
    ODOO_SHA256=$(grep ' odoo-19_' "$DOWNLOADS/SHA256SUMS" | cut -d' ' -f1)
    wanted="$UNPACK_RECIPE $(hash_of "$DOWNLOADS/SHA256SUMS")"
    local prefix=$CACHE/$ODOO_PACKAGE
    if [ "$(cat "$prefix/.complete" 2>/dev/null)" != "$wanted" ]; then
        rm -rf "$CACHE"/odoo-19_* "$CACHE/unpacking"
        long_step "unpacking $ODOO_PACKAGE (1.2 GB)" "$LOGS/unpack.log" unpack_odoo "$CACHE/unpacking"
        echo "$wanted" >"$CACHE/unpacking/.complete"
        mv "$CACHE/unpacking" "$prefix"
    fi
    ODOO_HOME=$prefix/usr/lib/python3/dist-packages
    ODOO_SOURCE="package $ODOO_PACKAGE, sha256 $ODOO_SHA256"
    ODOO_FINGERPRINT=$ODOO_SHA256
}

use_own_checkout() {
    [ -d "$ODOO_DIR" ] || die "ODOO_DIR=$ODOO_DIR is not a folder"
    ODOO_HOME=$(cd "$ODOO_DIR" && pwd -P)
    [ -e "$ODOO_HOME/odoo/release.py" ] ||
        die "ODOO_DIR=$ODOO_DIR holds no Odoo: there is no odoo/release.py in it"
    local commit
    commit=$(git -C "$ODOO_HOME" rev-parse HEAD 2>/dev/null || echo "no git")
    ODOO_SOURCE="ODOO_DIR $ODOO_HOME ($commit)"
    ODOO_FINGERPRINT="$ODOO_HOME $commit $(stat -c %Y "$ODOO_HOME/odoo/release.py")"
}

provide_odoo() {
    local series dir
    if [ -n "${ODOO_DIR:-}" ]; then use_own_checkout; else use_package; fi
    series=$(python3 -I -c 'import runpy, sys; print(runpy.run_path(sys.argv[1])["series"])' \
        "$ODOO_HOME/odoo/release.py")
    if [ "$series" != "$ODOO_SERIES" ]; then
        no_odoo "this is Odoo $series ($ODOO_SOURCE), the add-on is made for $ODOO_SERIES"
    fi
    ODOO_VERSION=$series
    ADDONS_PATH=
    for dir in "$ODOO_HOME/addons" "$ODOO_HOME/odoo/addons"; do
        # Odoo adds odoo/addons by itself, but only an add-ons path with the
        # real add-ons in it makes `base` of a git checkout complete
        if [ -e "$dir/point_of_sale/__manifest__.py" ]; then ADDONS_PATH=$dir; fi
    done
    [ -n "$ADDONS_PATH" ] || no_odoo "no add-on point_of_sale in $ODOO_HOME/addons or odoo/addons"
}
