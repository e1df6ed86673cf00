/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PosOrderline} from "@point_of_sale/app/models/pos_order_line";
import {patch} from "@web/core/utils/patch";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {
  fixBaseLine,
  isFixedIntact,
  reversedTaxData,
} from "@giftcard_salon/app/giftcard/fixed_amounts";

/** Lines whose amounts a gift card fixes: the tax engine takes them, nobody edits them. */
patch(PosOrderline.prototype, {
  // === GETTERS === //

  /** A line of a gift card that is complete: nothing of it may change any more. */
  get isGiftcardFixed() {
    return Boolean(this.giftcard_role && this.extra_tax_data);
  },

  get isGiftcardBonus() {
    return this.giftcard_role === "bonus";
  },

  /** A bonus beside a payment; others belong to an item and its deduction. */
  get isGiftcardTenderBonus() {
    return (
      this.isGiftcardBonus &&
      !this.giftcardPartners.some((line) => line.isGiftcardDeduction)
    );
  },

  /** Which card gives the bonus of this line. */
  get giftcardBonusName() {
    const payment = this.models["pos.payment"].getBy(
      "uuid",
      this.giftcard_deduction_key
    );
    const last4 = payment?.giftcard_last4;
    return last4 ? _t("Bonus of card %s", maskedCode(last4)) : _t("Gift card bonus");
  },

  /** The other lines of the same use of a card on this bill. */
  get giftcardPartners() {
    // a line that was just removed has no bill any more
    const lines = (this.giftcard_deduction_key && this.order_id?.lines) || [];
    return lines.filter(
      (line) =>
        line !== this && line.giftcard_deduction_key === this.giftcard_deduction_key
    );
  },

  /** Whether the server will take the fixed amounts of this line. */
  get isGiftcardIntact() {
    const values = this.prepareBaseLineForTaxesComputationExtraValues();
    return isFixedIntact(this.extra_tax_data, values);
  },

  // === AMOUNTS === //

  /**
   * Override of `point_of_sale`: a deduction goes where its item goes, and what a card
   * costs takes no rounding cent of other lines.
   */
  prepareBaseLineForTaxesComputationExtraValues() {
    const values = super.prepareBaseLineForTaxesComputationExtraValues(...arguments);
    if (this.giftcardType && !this.extra_tax_data) {
      values.computation_key = `giftcard,${this.uuid}`;
    }
    if (this.giftcard_role && this.giftcard_role !== "item") {
      values.is_refund = this.qty < 0;
    }
    return values;
  },

  getBaseLine(opts = {}) {
    const baseLine = super.getBaseLine(...arguments);
    if (!this.giftcard_role) {
      return baseLine;
    }
    const asked = this.prepareBaseLineForTaxesComputationExtraValues(opts);
    return fixBaseLine(baseLine, this.extra_tax_data, asked);
  },

  /** Make this the refund of a fixed line: the same amounts, the other way round. */
  refundGiftcardFixed(line) {
    this.update({
      giftcard_role: line.giftcard_role,
      giftcard_deduction_key: line.giftcard_deduction_key,
      extra_tax_data: reversedTaxData(line.extra_tax_data),
    });
  },
});
