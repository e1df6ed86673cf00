# Odoo 19: Debian's package, downloaded and unpacked (never installed), or the
# reader's own checkout in ODOO_DIR. Sets ODOO_HOME, ODOO_VERSION, ODOO_SOURCE.
# shellcheck shell=bash

ODOO_SERIES=19.0
DOWNLOADS=$CACHE/downloads
# Odoo's static files are links into these packages.
SID_PACKAGES="odoo-19 libjs-jquery libjs-jquery-form libjs-underscore
    fonts-glyphicons-halflings fonts-inconsolata fonts-montserrat fonts-ocr-b
    fonts-roboto-unhinted fonts-urw-base35 gsfonts fonts-dejavu-core"
# sid has version 6, which lacks the files of 4.7 that Odoo links to.
OLD_PACKAGES="fonts-font-awesome"
UNPACK_RECIPE=1 # raise when unpack_odoo changes what it makes

private_apt() { # SUITE apt-get arguments…: leaves the machine's own apt alone
    local dir=$DOWNLOADS/apt-$1
    shift
    mkdir -p "$dir/sources" "$dir/lists/partial" "$dir/cache/archives/partial"
    # "~" keeps apt quiet about a machine where it may not switch to user _apt
    apt-get -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$dir/sources" \
        -o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir/cache" \
        -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=3 \
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false \
        "$@"
}

no_odoo() {
    die "$1" \
        "Set ODOO_DIR to your own checkout of Odoo $ODOO_SERIES (a folder with odoo-bin" \
        "or an 'odoo' package), for example:  make demo ODOO_DIR=~/src/odoo"
}

# The list of checksums is written last: without it nothing counts as fetched.
download_debs() {
    local suite packages
    mkdir -p "$DOWNLOADS/new"
    for suite in sid bookworm; do
        packages=$OLD_PACKAGES
        if [ "$suite" = sid ]; then packages=$SID_PACKAGES; fi
        mkdir -p "$DOWNLOADS/apt-$suite/sources"
        python3 "$ROOT/scripts/apt_source.py" "$suite" >"$DOWNLOADS/apt-$suite/sources/$suite.sources" ||
            return 1
        echo "reading the package index of $suite"
        private_apt "$suite" update || return 1
        if [ "$suite" = sid ]; then
            private_apt "$suite" download --print-uris odoo-19 >/dev/null || return 3
        fi
        echo "downloading from $suite: $(echo $packages)"
        # shellcheck disable=SC2086
        (cd "$DOWNLOADS/new" && private_apt "$suite" download $packages) || return 1
    done
    rm -f "$DOWNLOADS"/*.deb "$DOWNLOADS/SHA256SUMS"
    mv "$DOWNLOADS"/new/*.deb "$DOWNLOADS/"
    rm -rf "$DOWNLOADS/new" "$DOWNLOADS"/apt-*
    (cd "$DOWNLOADS" && sha256sum -- *.deb >SHA256SUMS.part && mv SHA256SUMS.part SHA256SUMS)
}

# apt-get has checked the signature and the hashes when it downloaded; this
# notices what happened to the files since.
downloads_intact() {
    [ -s "$DOWNLOADS/SHA256SUMS" ] && (cd "$DOWNLOADS" && sha256sum --quiet -c SHA256SUMS >/dev/null 2>&1)
}

fetch_odoo() {
    local rc=0
    if downloads_intact; then return; fi
    if [ -e "$DOWNLOADS/SHA256SUMS" ]; then
        say "a downloaded package is missing or damaged: downloading again"
    fi
    rm -rf "$DOWNLOADS/new"
    mkdir -p "$DOWNLOADS"
    say "downloading Odoo $ODOO_SERIES (125 MB) through this machine's package mirror"
    (long_step "  fetching" "$LOGS/download.log" download_debs) || rc=$?
    if [ "$rc" != 0 ]; then
        if grep -q "Unable to locate package\|No packages found" "$LOGS/download.log"; then
            no_odoo "the distribution no longer has a package odoo-19"
        fi
        no_odoo "downloading Odoo failed (log: $LOGS/download.log); try again, or use a checkout"
    fi
}

unpack_odoo() { # PREFIX
    local prefix=$1 deb link packages
    for deb in "$DOWNLOADS"/*.deb; do
        echo "unpacking $(basename "$deb")"
        dpkg -x "$deb" "$prefix" || return 1
    done
    echo "re-pointing links"
    find "$prefix" -type l -lname '/usr/share/*' -print0 | while IFS= read -r -d '' link; do
        ln -sfn "$(realpath -ms --relative-to="$(dirname "$link")" "$prefix$(readlink "$link")")" "$link"
    done
    packages=$prefix/usr/lib/python3/dist-packages
    # left out of the package; the web client stops at its absence
    link=$packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    mkdir -p "$(dirname "$link")"
    [ -e "$link" ] || : >"$link"
    if find "$prefix" -xtype l | grep -v Inconsolata.otf; then
        echo "these links lead nowhere: the packages do not fit together"
        return 1
    fi
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
    series=$(cd "$ODOO_HOME/odoo" && python3 -c 'import runpy; print(runpy.run_path("release.py")["series"])')
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
