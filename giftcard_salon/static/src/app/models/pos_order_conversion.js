/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";

/** A single-purpose card becomes a gift card on the bill that it pays. */
patch(PosOrder.prototype, {
  /**
   * The lines that change a card into a gift card: together they come to nothing.
   *
   * @param {string} key uuid of the payment of the gift card
   * @param {Object} response the server's
   */
  addGiftcardConversion(key, {lines, amount, last4}) {
    const common = {
      order_id: this,
      product_id: this.giftcardLineProduct("deduction"),
      price_type: "automatic",
      giftcard_deduction_key: key,
    };
    for (const line of lines) {
      this.models["pos.order.line"].create({
        ...common,
        ...this.giftcardAmounts(key, line.amounts, -1),
        uuid: line.key,
        qty: -1,
        tax_ids: this.giftcardTaxes(line.tax_ids).map((tax) => ["link", tax]),
        giftcard_role: "conversion_out",
        giftcard_revision: line.revision,
        giftcard_summary: {last4, name: line.name},
      });
    }
    this.models["pos.order.line"].create({
      ...common,
      ...this.giftcardAmounts(key, {price_unit: amount, discount: 0, taxes: []}),
      qty: 1,
      giftcard_role: "conversion_in",
      giftcard_summary: {last4},
    });
    this.triggerRecomputeAllPrices();
  },

  /** Undo the change of a card: it stays what it was. */
  removeGiftcardConversion(key, isQuiet = false) {
    const lines = this.lines.filter(
      (line) => line.isGiftcardConversion && line.giftcard_deduction_key === key
    );
    const held = lines.filter((line) => line.isGiftcardHeld);
    const holds = held.map((line) => line.giftcardHold);
    lines.forEach((line) => line.delete());
    this.triggerRecomputeAllPrices();
    holds.forEach((hold) => this.giftcardTerminal?.releaseHold(hold, isQuiet));
  },
});
