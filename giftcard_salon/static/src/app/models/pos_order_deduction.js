/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";
import {fixedTaxData} from "@giftcard_salon/app/giftcard/fixed_amounts";
import {itemBefore} from "@giftcard_salon/app/giftcard/deduction/item";
import {entitlementsReturned} from "@giftcard_salon/app/giftcard/deduction/remaining";

/** Items that a single-purpose card pays: each is locked with its deduction. */
patch(PosOrder.prototype, {
  // === GETTERS === //

  /** The lines that hold a part of a card for this bill. */
  getGiftcardDeductions() {
    return this.lines.filter((line) => line.isGiftcardDeduction && line.qty > 0);
  },

  /**
   * What of the bill a card's entitlements may pay.
   *
   * @returns {Item[]} for `deduction/plan`
   */
  getGiftcardItems() {
    const items = this.lines.filter((line) => line.isGiftcardPayable);
    return items.map((line) => ({
      uuid: line.uuid,
      name: line.getFullProductName(),
      count: line.qty,
      gross: this.currency.round(line.unitPrices.raw_total_included_currency),
      productId: line.product_id.id,
      taxIds: line.giftcardTaxIds,
      isTip: Boolean(line.isTipLine()),
    }));
  },

  // === BUSINESS METHODS === //

  /**
   * Let an entitlement of a card pay one of an item: the lines that the hold allows.
   *
   * @param {PosOrderline} line the item; one of it is split off when there are more
   * @param {Object} hold the server's response for this use
   * @param {Object} summary what the till shows and prints of it
   */
  addGiftcardDeduction(line, hold, summary) {
    this.assertEditable();
    const {key, lines, revision, last4} = hold;
    const item = this.splitGiftcardItem(line);
    const taxes = this.giftcardTaxes(lines.tax_ids);
    const before = itemBefore(item);
    item.update({
      ...this.giftcardAmounts(key, lines.item),
      tax_ids: taxes.length ? [["set", ...taxes]] : [["clear"]],
      price_type: "automatic",
      giftcard_role: "item",
      giftcard_deduction_key: key,
      giftcard_summary: {before},
    });
    const common = {
      order_id: this,
      tax_ids: taxes.map((tax) => ["link", tax]),
      qty: 1,
      price_type: "automatic",
      giftcard_deduction_key: key,
      giftcard_last4: last4,
    };
    this.models["pos.order.line"].create({
      ...common,
      ...this.giftcardAmounts(key, lines.deduction),
      uuid: key,
      product_id: this.giftcardLineProduct("deduction"),
      giftcard_role: "deduction",
      giftcard_revision: revision,
      giftcard_summary: summary,
    });
    if (lines.bonus) {
      this.models["pos.order.line"].create({
        ...common,
        ...this.giftcardAmounts(key, lines.bonus),
        product_id: this.giftcardLineProduct("bonus"),
        giftcard_role: "bonus",
        giftcard_summary: {name: summary.name},
      });
    }
    this.triggerRecomputeAllPrices();
    this.selectOrderline(item);
    return item;
  },

  /** What a line with fixed amounts says of them. */
  giftcardAmounts(key, amounts, quantity = 1) {
    const data = fixedTaxData(key, amounts, this.currency.id, quantity);
    const values = {price_unit: amounts.price_unit, discount: amounts.discount};
    return {
      ...values,
      extra_tax_data: amounts.taxes.length ? {...data, ...values} : data,
    };
  },

  giftcardTaxes(ids) {
    return ids.map((id) => this.models["account.tax"].get(id)).filter(Boolean);
  },

  giftcardLineProduct(name) {
    const id = this.config._giftcard_line_products[name];
    return this.models["product.product"].get(id);
  },

  /** A card pays one service: what is more than one becomes a line of its own. */
  splitGiftcardItem(line) {
    if (line.qty === 1) {
      return line;
    }
    const one = this.models["pos.order.line"].create({
      order_id: this,
      product_id: line.product_id,
      qty: 1,
      price_unit: line.price_unit,
      price_extra: line.price_extra,
      price_type: line.price_type,
      discount: line.getDiscount(),
      customer_note: line.customer_note,
      note: line.note,
      tax_ids: line.tax_ids.map((tax) => ["link", tax]),
      attribute_value_ids: line.attribute_value_ids.map((value) => ["link", value]),
    });
    line.setQuantity(line.qty - 1, true);
    return one;
  },

  /**
   * Undo a use: the deduction goes, the item is again what it was, the card is free.
   *
   * @param {PosOrderline} deduction
   */
  removeGiftcardDeduction(deduction, {isQuiet = false} = {}) {
    this.assertEditable();
    const held = deduction.giftcardHold;
    this.returnGiftcardEntitlement(deduction);
    for (const line of deduction.giftcardPartners) {
      if (line.giftcard_role === "item") {
        line.freeGiftcardItem();
      } else {
        line.delete();
      }
    }
    deduction.delete();
    this.triggerRecomputeAllPrices();
    this.giftcardTerminal?.releaseHold(held, isQuiet);
  },

  /** Later uses of the same card say what is left without the one that goes. */
  returnGiftcardEntitlement(deduction) {
    const round = (amount) => this.currency.round(amount);
    const later = this.lines.slice(this.lines.indexOf(deduction) + 1);
    for (const line of later.filter((other) => other.isGiftcardDeduction)) {
      const {entitlements = [], ...summary} = line.giftcard_summary || {};
      const returned = entitlementsReturned(
        entitlements,
        deduction.giftcard_summary || {},
        round
      );
      line.update({giftcard_summary: {...summary, entitlements: returned}});
    }
  },

  get giftcardTerminal() {
    const methods = this.config.payment_method_ids;
    return methods.find((method) => method.use_payment_terminal === "giftcard")
      ?.payment_terminal;
  },
});
