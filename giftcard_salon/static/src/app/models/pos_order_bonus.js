/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";
import {mostWithBonus} from "@giftcard_salon/app/giftcard/bonus/most";
import {
  isSplitByWeight,
  openTaxGroups,
  taxGroupKey,
  taxGroupsOfLines,
} from "@giftcard_salon/app/giftcard/bonus/split";

/** The discount lines beside the payment of a card that was not paid for in full. */
patch(PosOrder.prototype, {
  // === GETTERS === //

  /** @param {string} key uuid of the payment they belong to */
  getGiftcardBonusLines(key) {
    return this.lines.filter(
      (line) => line.isGiftcardBonus && line.giftcard_deduction_key === key
    );
  },

  getGiftcardTaxGroupsOf(lines) {
    const {baseLineByLineUuids} = this.prices;
    return taxGroupsOfLines(lines, baseLineByLineUuids, (amount) =>
      this.currency.round(amount)
    );
  },

  /**
   * What the bonus of a card may lower, by taxes: no other card, and no tip.
   *
   * @param {PosPayment} changed the card's line, if it has one
   */
  getGiftcardTaxGroups(changed) {
    const supplies = this.lines.filter(
      (line) =>
        !line.isStoredValue && !line.isGiftcardTenderBonus && !line.isGiftcardTip
    );
    const redemptions = this.getGiftcardRedemptions();
    const position = changed
      ? redemptions.findIndex((redemption) => redemption.uuid === changed.uuid)
      : -1;
    const before = position < 0 ? redemptions : redemptions.slice(0, position);
    const discounted = before.flatMap((redemption) =>
      this.getGiftcardBonusLines(redemption.uuid)
    );
    return openTaxGroups(
      this.getGiftcardTaxGroupsOf(supplies),
      this.getGiftcardTaxGroupsOf(discounted),
      (amount) => this.currency.round(amount)
    );
  },

  /** What of the bill is a tip, less what cards for tips took off it. */
  getGiftcardTips(paysTips) {
    const tips = paysTips ? this.lines.filter((line) => line.isGiftcardTip) : [];
    const sum = tips.reduce((total, line) => total + line.priceIncl, 0);
    return Math.max(0, this.currency.round(sum));
  },

  /**
   * How much of an amount a card may give: its bonus must find something to lower.
   *
   * @param {number} amount
   * @param {Pool} pool the card's, before this use; without one nothing is known
   * @param {PosPayment} changed the card's line, if it has one
   */
  limitByGiftcardBonus(amount, pool, changed) {
    const taxGroups = this.getGiftcardTaxGroups(changed);
    const payable = taxGroups.reduce((sum, taxGroup) => sum + taxGroup.gross, 0);
    return pool
      ? mostWithBonus(amount, payable, pool, this.currency.decimal_places)
      : amount;
  },

  /**
   * How much one card may pay now, as far as is known of it.
   *
   * @param {Object} card its summary
   * @param {PosPayment} changed the card's line, if it has one
   */
  getGiftcardDueOf(card, changed) {
    const due = this.getGiftcardDue(card.pays_tips, changed);
    return this.limitByGiftcardBonus(due, card.pool, changed);
  },

  /** What goes back with this refund, by taxes. */
  getGiftcardReturnTaxGroups() {
    const goods = this.lines.filter(
      (line) => !line.isGiftcardBonus && !line.isGiftcardTip
    );
    return this.getGiftcardTaxGroupsOf(goods).map((taxGroup) => ({
      ...taxGroup,
      gross: -taxGroup.gross,
    }));
  },

  /** Whether the discounts of a card are still what the server would make of the bill. */
  isGiftcardBonusFit(redemption) {
    const lines = this.getGiftcardBonusLines(redemption.uuid);
    if (!redemption.giftcard_bonus && !lines.length) {
      return true;
    }
    const taxGroups = this.getGiftcardTaxGroups(redemption);
    const given = this.getGiftcardTaxGroupsOf(lines);
    // what was asked before the page was loaded again nobody knows: it is asked anew
    const asked = this.uiState.giftcardDiscounted?.[redemption.uuid];
    const shareOf = ({key}) =>
      -(given.find((taxGroup) => taxGroup.key === key)?.gross || 0);
    return (
      lines.every((line) => line.isGiftcardIntact) &&
      given.length === lines.length &&
      asked &&
      taxGroups.every(({key, discounted}) => asked[key] === discounted) &&
      given.every((taxGroup) => taxGroups.some(({key}) => key === taxGroup.key)) &&
      isSplitByWeight(
        taxGroups.map(shareOf),
        redemption.giftcard_bonus,
        taxGroups.map((taxGroup) => taxGroup.gross),
        this.currency.decimal_places
      )
    );
  },

  // === ACTIONS === //

  /**
   * Make the discount lines of a card's payment what the server said.
   *
   * Lines that are there already are changed in place.
   *
   * @param {string} key uuid of the payment
   * @param {Object[]} discounts of the server's response
   * @param {TaxGroup[]} taxGroups they were asked for
   */
  setGiftcardBonus(key, discounts, taxGroups) {
    const old = this.getGiftcardBonusLines(key);
    if (taxGroups.length) {
      // the VAT of these lines was rounded together with that of the cards before
      const discounted = Object.fromEntries(
        taxGroups.map((taxGroup) => [taxGroup.key, taxGroup.discounted])
      );
      this.uiState.giftcardDiscounted = {
        ...this.uiState.giftcardDiscounted,
        [key]: discounted,
      };
    }
    const byTaxGroup = new Map(
      old.map((line) => [taxGroupKey(line.getBaseLine().tax_ids), line])
    );
    for (const discount of discounts) {
      const {taxes} = taxGroups.find((taxGroup) => taxGroup.key === discount.key);
      const line = byTaxGroup.get(discount.key);
      if (line) {
        byTaxGroup.delete(discount.key);
        line.update({
          price_unit: discount.price_unit,
          extra_tax_data: discount.extra_tax_data,
        });
      } else {
        this.addGiftcardBonusLine(key, discount, taxes);
      }
    }
    [...byTaxGroup.values()].forEach((line) => line.delete());
    this.triggerRecomputeAllPrices();
  },

  addGiftcardBonusLine(key, discount, taxes, values = {}) {
    const selected = this.uiState.selected_orderline_uuid;
    const {bonus} = this.config._giftcard_line_products;
    const line = this.models["pos.order.line"].create({
      order_id: this,
      product_id: this.models["product.product"].get(bonus),
      qty: 1,
      price_unit: discount.price_unit,
      price_type: "automatic",
      tax_ids: taxes.map((tax) => ["link", tax]),
      extra_tax_data: discount.extra_tax_data,
      giftcard_role: "bonus",
      giftcard_deduction_key: key,
      ...values,
    });
    this.uiState.selected_orderline_uuid = selected;
    return line;
  },

  removeGiftcardBonus(key) {
    const lines = this.getGiftcardBonusLines(key);
    lines.forEach((line) => line.delete());
    if (lines.length) {
      this.triggerRecomputeAllPrices();
    }
  },
});
