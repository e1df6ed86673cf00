/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PosPayment} from "@point_of_sale/app/models/pos_payment";
import {patch} from "@web/core/utils/patch";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";

patch(PosPayment.prototype, {
  get isGiftcard() {
    return this.payment_method_id?.use_payment_terminal === "giftcard";
  },

  get giftcardName() {
    return _t("Gift card %s", maskedCode(this.giftcard_last4));
  },

  /** What must be told to the server when this line goes. */
  get giftcardHold() {
    return {
      key: this.uuid,
      revision: this.giftcard_revision || 1,
      last4: this.giftcard_last4,
    };
  },

  /** What the card gives: what was paid for it, and its bonus; refunds negative. */
  get giftcardValue() {
    const {currency} = this.pos_order_id;
    return currency.round(this.amount + (this.giftcard_bonus || 0));
  },

  /** Summary of the card of this line, its own money free; after a reload few. */
  get giftcardCard() {
    const {client} = this.payment_method_id.payment_terminal;
    return {
      ...client.cards.get(this.uuid),
      last4: this.giftcard_last4,
      pays_tips: this.giftcard_pays_tips,
      available: this.pos_order_id.currency.round(
        this.giftcardValue + this.giftcard_remaining
      ),
    };
  },

  /** The line of the card that is made by this very bill and pays it; else none. */
  get giftcardConversion() {
    return this.pos_order_id.lines.find(
      (line) =>
        line.giftcard_role === "conversion_in" &&
        line.giftcard_deduction_key === this.uuid
    );
  },

  /** What this line takes of the bill, for `tender/payable`. */
  get giftcardShare() {
    return {amount: this.giftcardValue, paysTips: Boolean(this.giftcard_pays_tips)};
  },

  /**
   * Set the line to what the server holds.
   *
   * @param {Object} hold of the server's response
   * @param {Object[]} [hold.discounts] lines for its bonus; without them the lines stay
   * @param {TaxGroup[]} taxGroups the discounts were asked for
   */
  applyGiftcardHold(hold, taxGroups = []) {
    const {amount, consideration = amount, bonus = 0} = hold;
    const {revision, last4, available} = hold;
    if (hold.discounts) {
      this.pos_order_id.setGiftcardBonus(this.uuid, hold.discounts, taxGroups);
    }
    this.update({
      amount: consideration,
      giftcard_bonus: bonus,
      giftcard_revision: revision,
      giftcard_last4: last4,
      giftcard_remaining: available,
    });
    this.setPaymentStatus("done");
  },

  /** What can still go back to the card of this payment, as far as this till knows. */
  getGiftcardRefundable() {
    const refunds = this.models["pos.payment"].filter(
      (line) => line.giftcard_refunded_payment_id?.uuid === this.uuid
    );
    const refunded = refunds.reduce((sum, line) => sum + line.giftcardValue, 0);
    return this.pos_order_id.currency.round(this.giftcardValue + refunded);
  },

  /** Override of `point_of_sale` to name the payment whose card gets the money. */
  updateRefundPaymentLine(refundedPaymentLine) {
    super.updateRefundPaymentLine(...arguments);
    if (this.isGiftcard) {
      this.update({
        giftcard_refunded_payment_id: refundedPaymentLine,
        giftcard_last4: refundedPaymentLine.giftcard_last4,
      });
      this.setPaymentStatus("done");
    }
  },
});
