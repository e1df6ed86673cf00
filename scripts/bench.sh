# The databases that `make bench` compares: one salon without gift cards, and copies of
# it with loyalty's and with ours. The first two hang on Odoo alone: all checkouts share
# them, as they share the template.
# shellcheck shell=bash

BENCH=tests/bench
BENCH_BASE=$(hash_of <(echo "$TEMPLATE_DB") "$BENCH/set_up_shop.py" "$BENCH/set_up_loyalty.py")
export GIFTCARD_BENCH_PLAIN_DB=gc_benchplain_$BENCH_BASE
export GIFTCARD_BENCH_LOYALTY_DB=gc_benchloyalty_$BENCH_BASE
export GIFTCARD_BENCH_OWN_DB=gc_benchown_$CHECKOUT_ID

install_loyalty() { # DB
    long_step "installing Odoo's own gift cards (pos_loyalty) in $1" "$LOGS/loyalty.log" odoo_once "$1" -i pos_loyalty
    module_installed "$1" pos_loyalty || die "pos_loyalty did not install" "log: $LOGS/loyalty.log"
}

set_up() { # KIND DB
    long_step "setting up the bench's $1 in $2" "$LOGS/bench-$1.log" in_odoo "$BENCH/set_up_$1.py" "$2"
}

provide_bench_dbs() {
    local own building=gc_build_bench_$CHECKOUT_ID
    if ! db_exists "$GIFTCARD_BENCH_PLAIN_DB"; then
        copy_db "$TEMPLATE_DB" "$building"
        set_up shop "$building"
        rename_db "$building" "$GIFTCARD_BENCH_PLAIN_DB"
    fi
    if ! db_exists "$GIFTCARD_BENCH_LOYALTY_DB"; then
        copy_db "$GIFTCARD_BENCH_PLAIN_DB" "$building"
        install_loyalty "$building"
        set_up loyalty "$building"
        rename_db "$building" "$GIFTCARD_BENCH_LOYALTY_DB"
    fi
    own="$GIFTCARD_BENCH_PLAIN_DB $(fingerprint "$ADDON") $(hash_of "$BENCH/set_up_own.py")"
    if ! is_current "$GIFTCARD_BENCH_OWN_DB" "$own"; then
        copy_db "$GIFTCARD_BENCH_PLAIN_DB" "$building"
        install_addon "$building" -i
        set_up own "$building"
        finish_build "$building" "$GIFTCARD_BENCH_OWN_DB" "$own"
    fi
}
