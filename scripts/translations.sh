#!/usr/bin/env bash
# Writes i18n/giftcard_salon.pot anew and brings fr.po in line with it: new texts
# come in empty, old ones go. A test fails until French is complete again.
bash "$(dirname "${BASH_SOURCE[0]}")/setup.sh" run || exit
source "$(dirname "${BASH_SOURCE[0]}")/load.sh"
lock_cache
provide_addon_db
unlock_cache
POT=$ROOT/$ADDON/i18n/$ADDON.pot
"$PY" "$ODOO_BIN" i18n export -c "$CONF" -d "$ADDON_DB" -o "$POT" "$ADDON"
"$PY" - "$POT" "$ROOT/$ADDON/i18n/fr.po" <<'PYTHON'
import sys
import polib

template, french = polib.pofile(sys.argv[1]), polib.pofile(sys.argv[2])
for name in ("POT-Creation-Date", "PO-Revision-Date"):  # no change without a change
    template.metadata.pop(name, None)
template.save()
french.merge(template)
for entry in french.obsolete_entries():
    french.remove(entry)
french.save()
print(f"{len(french.untranslated_entries())} texts wait for their French")
PYTHON
