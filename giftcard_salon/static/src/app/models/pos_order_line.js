/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {PosOrderline} from "@point_of_sale/app/models/pos_order_line";
import {patch} from "@web/core/utils/patch";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";

patch(PosOrderline.prototype, {
  get giftcardType() {
    return this.product_id?.product_tmpl_id?.giftcard_type_id;
  },

  /** A card being sold; a refunded one is not. */
  get isGiftcardSale() {
    return Boolean(this.giftcardType) && this.qty > 0;
  },

  /** Money to spend later: a card, or what Odoo's own programs sell (`pos_loyalty`). */
  get isStoredValue() {
    const programs = this.models["loyalty.program"]?.getAll() || [];
    return (
      this.isGiftcardSale ||
      programs.some(
        (program) =>
          ["gift_card", "ewallet"].includes(program.program_type) &&
          program.trigger_product_ids.includes(this.product_id)
      )
    );
  },

  /** VAT is counted when the card is used; where there is no VAT, nothing is said. */
  get isGiftcardMultiPurpose() {
    return this.isGiftcardSale && this.giftcardType.vat_mode === "mpv";
  },

  /** What the card of this line is worth: its price, or more. */
  get giftcardWorth() {
    return this.giftcard_value || this.priceIncl;
  },

  /** Says so when the card is worth more than it costs; else "". */
  get giftcardWorthText() {
    return this.giftcard_value
      ? _t("Worth %s", formatCurrency(this.giftcard_value, this.currency.id))
      : "";
  },

  /** Which card was scanned for this line: "Printed card ••2HK9"; else "". */
  get giftcardScanned() {
    if (!this.giftcard_reference) {
      return "";
    }
    const card = maskedCode(this.giftcard_last4 || this.giftcard_scanned_last4);
    return this.giftcard_is_topup
      ? _t("Added to card %s", card)
      : _t("Printed card %s", card);
  },

  /** "For Emma, from Sofia", as far as known. */
  getGiftcardNames() {
    const names = {
      recipient: this.giftcard_recipient,
      sender: this.giftcard_sender,
    };
    if (names.recipient && names.sender) {
      return _t("For %(recipient)s, from %(sender)s", names);
    }
    return [
      names.recipient && _t("For %(recipient)s", names),
      names.sender && _t("From %(sender)s", names),
    ].find(Boolean);
  },
});
