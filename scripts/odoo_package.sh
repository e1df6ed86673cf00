# Debian's package of Odoo 19: downloaded and unpacked, never installed.
# shellcheck shell=bash

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
    # the sandbox user is ourselves: user _apt cannot reach the cache
    apt-get -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$dir/sources" \
        -o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir/cache" \
        -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=3 \
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false \
        "$@"
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
    (long_step "downloading Odoo $ODOO_SERIES (125 MB) from this machine's package mirror" \
        "$LOGS/download.log" download_debs) || rc=$?
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
