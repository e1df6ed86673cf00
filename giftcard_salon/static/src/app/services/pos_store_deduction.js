/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {uuidv4} from "@point_of_sale/utils";
import {patch} from "@web/core/utils/patch";
import {DeductionHolds} from "@giftcard_salon/app/giftcard/deduction/holds";

/** Single-purpose cards at the till: selling their entitlements, giving them back. */
patch(PosStore.prototype, {
  /** Other taxes on a bill: what cards pay of it by amounts of the old ones goes. */
  watchGiftcardTaxes() {
    this.models["pos.order"].addEventListener("update", ({id, fields}) => {
      if (fields?.includes("fiscal_position_id")) {
        const order = this.models["pos.order"].get(id);
        // once the new taxes are on the lines
        Promise.resolve().then(() => order && this.dropBrokenGiftcardDeductions(order));
      }
    });
  },

  get giftcardDeductionHolds() {
    const terminal = this.giftcardMethods[0]?.payment_terminal;
    return terminal && new DeductionHolds(terminal);
  },

  dropBrokenGiftcardDeductions(order) {
    return !order.finalized && Boolean(this.giftcardDeductionHolds?.dropBroken(order));
  },

  /**
   * What a single-purpose card costs now, or why it cannot be sold.
   *
   * @param {Object} type
   * @param {Object} order
   * @param {number} price what the client pays, for a card for an amount
   */
  askGiftcardQuote(type, order, price = null) {
    return this.askAboutGiftcards(
      "giftcard_quote",
      type.id,
      this.session.id,
      price,
      order.fiscal_position_id?.id || false
    );
  },

  /**
   * Put a single-purpose card on the bill: one line per part, each with its VAT.
   *
   * @param {Object} order
   * @param {ProductTemplate} template of its type
   * @param {Object} quote the server's
   * @param {Object} texts names and message, scanned card
   */
  addGiftcardOfEntitlements(order, template, quote, texts) {
    const key = uuidv4();
    const lines = quote.entitlements.map((entitlement) =>
      this.models["pos.order.line"].create({
        order_id: order,
        product_id: template.product_variant_ids[0],
        qty: 1,
        price_type: "automatic",
        ...order.giftcardAmounts(key + entitlement.number, entitlement.amounts),
        tax_ids: order.giftcardTaxes(entitlement.tax_ids).map((tax) => ["link", tax]),
        uuid: entitlement.number ? uuidv4() : key,
        giftcard_role: "sale",
        giftcard_card_key: key,
        giftcard_entitlement_number: entitlement.number,
        giftcard_value: quote.value > quote.price ? quote.value : 0,
        giftcard_summary: {
          name: entitlement.name,
          quantity: entitlement.quantity,
          kind: entitlement.kind,
        },
        ...(entitlement.number ? {} : texts),
      })
    );
    order.triggerRecomputeAllPrices();
    this.selectOrderLine(order, lines[0]);
    return lines[0];
  },

  // === REFUND === //

  /** Lines of a refund that give sold cards back. */
  giftcardLinesGivenBack(order) {
    return order.lines.filter((line) => {
      const sold = line.refunded_orderline_id;
      return sold?.giftcardType && !sold.giftcard_is_topup && line.qty < 0;
    });
  },

  /**
   * What is left of the cards that a refund gives back, by the line that sold them.
   *
   * @param {Object} order the refund
   */
  async askGiftcardRemaining(order) {
    const lines = this.giftcardLinesGivenBack(order);
    const sold = lines.map((line) => line.refunded_orderline_id.id);
    if (!sold.length) {
      return {};
    }
    if (sold.some((id) => typeof id !== "number")) {
      this.showGiftcardMessage(
        _t("The first bill is not saved yet. Try again when the connection is back.")
      );
      return {};
    }
    const remaining = await this.askAboutGiftcards(
      "giftcard_refundable",
      sold,
      this.session.id
    );
    if (remaining.problem) {
      this.showGiftcardMessage(remaining.text);
      return {};
    }
    return remaining;
  },

  /** Set what a refund gives back for sold cards to what is left of them. */
  fitGiftcardRefund(order, remaining) {
    for (const line of this.giftcardLinesGivenBack(order)) {
      const amounts = remaining[line.refunded_orderline_id.id];
      if (amounts) {
        line.giveGiftcardBack(amounts);
      }
    }
    order.triggerRecomputeAllPrices();
  },
});
