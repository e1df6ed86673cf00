/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {payableByCard} from "@giftcard_salon/app/giftcard/tender/payable";
import {refundedBills} from "@giftcard_salon/app/giftcard/tender/refunded_bills";

/** Bills that come from the server again have their last payment first. */
function asTheyCame(a, b) {
  return a.isSynced && b.isSynced ? a.id - b.id : b.isSynced - a.isSynced;
}

patch(PosOrder.prototype, {
  // === GETTERS === //

  /** The lines that hold money on a card for this bill, in the order they came. */
  getGiftcardRedemptions() {
    return this.payment_ids
      .filter((line) => line.isGiftcard && line.giftcardValue > 0 && line.isDone())
      .sort(asTheyCame);
  },

  getGiftcardSales() {
    return this.lines.filter((line) => line.isGiftcardSale);
  },

  /** One line for each card that is sold: others sell further entitlements of it. */
  getGiftcardsSold() {
    return this.getGiftcardSales().filter((line) => line.isGiftcardFirst);
  },

  /** Whether a tip is on the bill: not every gift card pays it. */
  get hasGiftcardTip() {
    return this.lines.some((line) => line.isTipLine() && line.priceIncl > 0);
  },

  /**
   * How much of the bill gift cards may pay: no card, a tip by some cards only.
   *
   * @returns {Payable}
   */
  getGiftcardPayable() {
    const without = (lines) => {
      const kept = lines.reduce((sum, line) => sum + line.priceIncl, 0);
      return Math.max(0, this.currency.round(this.totalDue - kept));
    };
    // a bonus on the bill is a part of what the cards give
    const others = this.lines.filter(
      (line) => line.isStoredValue || line.isGiftcardTenderBonus
    );
    return {
      withTips: without(others),
      withoutTips: without([
        ...others,
        ...this.lines.filter((line) => line.isGiftcardTip),
      ]),
    };
  },

  /**
   * How much a gift card may pay now.
   *
   * @param {boolean} paysTips whether that card may pay tips too
   * @param {PosPayment} changed a line whose amount is being set anew
   */
  getGiftcardDue(paysTips, changed) {
    const others = this.getGiftcardRedemptions().filter(
      (line) => line.uuid !== changed?.uuid
    );
    const payable = payableByCard(
      this.getGiftcardPayable(),
      others.map((line) => line.giftcardShare),
      paysTips
    );
    const open = this.remainingDue + (changed ? this.getGiftcardFreed(changed) : 0);
    return Math.max(0, this.currency.round(Math.min(open, payable)));
  },

  /** What a card's line may take anew: what it gives, and cash that was noted already. */
  getGiftcardFreed(changed) {
    const cash = this.payment_ids.filter(
      (line) => line.payment_method_id.is_cash_count
    );
    const noted = cash.reduce((sum, line) => sum + line.amount, 0);
    const remaining = this.totalDue - (this.amountPaid - noted);
    return changed.giftcardValue + Math.max(0, Math.min(noted, remaining));
  },

  /** Cash that was noted for what a card pays now is not to be given out as change. */
  lowerCash(amount) {
    let over = amount;
    for (const line of this.payment_ids.filter(
      (payment) => payment.payment_method_id.is_cash_count && payment.amount > 0
    )) {
      const less = Math.min(over, line.amount);
      over = this.currency.round(over - less);
      if (less === line.amount) {
        this.removePaymentline(line);
      } else {
        line.setAmount(line.amount - less);
      }
    }
  },

  /** The gift-card payments behind what this bill gives back, over exchanges too. */
  getRefundedGiftcardRedemptions() {
    return refundedBills(this).flatMap((bill) => bill.getGiftcardRedemptions());
  },

  // === BUSINESS METHODS === //

  /**
   * Add the payment line of a hold, under the uuid the hold was asked with.
   *
   * @param {Object} paymentMethod
   * @param {Object} hold of the server's response
   * @param {Object} card its summary
   * @param {TaxGroup[]} taxGroups what the card may pay, as the server was told
   */
  addGiftcardRedemption(paymentMethod, hold, card = {}, taxGroups = []) {
    this.assertEditable();
    const line = this.models["pos.payment"].create({
      uuid: hold.key,
      pos_order_id: this,
      payment_method_id: paymentMethod,
      amount: hold.consideration ?? hold.amount,
      giftcard_pays_tips: Boolean(card.pays_tips),
    });
    line.applyGiftcardHold(hold, taxGroups);
    this.selectPaymentline(undefined);
    return line;
  },

  /**
   * Take every gift card that pays off the bill: its lines go elsewhere.
   *
   * @returns {string[]} what the cards are called
   */
  takeGiftcardsOff() {
    const payments = this.payment_ids.filter((line) => line.isGiftcard);
    const deductions = this.lines.filter(
      (line) => line.isGiftcardDeduction && line.qty > 0
    );
    const names = [...payments, ...deductions].map((line) =>
      maskedCode(line.giftcard_last4)
    );
    payments.forEach((line) => this.removePaymentline(line));
    deductions.forEach((line) => this.removeGiftcardDeduction(line, {isQuiet: true}));
    return names;
  },

  /**
   * Add the payment line that puts money back on a card, with its bonus.
   *
   * @param {Object} paymentMethod
   * @param {PosPayment} refundedLine
   * @param {Object} plan of the server: `key, consideration, bonus, discounts`; without
   *  a bonus `consideration` is all
   */
  addGiftcardRefund(paymentMethod, refundedLine, plan) {
    this.assertEditable();
    const taxes = this.models["account.tax"];
    const lines = this.models["pos.order.line"];
    for (const discount of plan.discounts || []) {
      const line = lines.get(discount.refunded_line_id);
      // only of the bill that goes back: a refund names no other
      const refunded = line?.order_id === refundedBills(this)[0] && line;
      this.addGiftcardBonusLine(
        plan.key,
        discount,
        discount.tax_ids.map((id) => taxes.get(id)),
        {qty: -1, ...(refunded && {refunded_orderline_id: refunded})}
      );
    }
    this.triggerRecomputeAllPrices();
    const line = this.models["pos.payment"].create({
      ...(plan.key && {uuid: plan.key}),
      pos_order_id: this,
      payment_method_id: paymentMethod,
      amount: -plan.consideration,
      giftcard_bonus: -(plan.bonus || 0),
    });
    line.updateRefundPaymentLine(refundedLine);
    this.selectPaymentline(undefined);
    return line;
  },

  /** Override of `point_of_sale`: a gift-card line comes with its hold, or not at all. */
  addPaymentline(paymentMethod) {
    if (paymentMethod.use_payment_terminal === "giftcard") {
      return {
        status: false,
        data: _t("Tap Payment first, then scan the gift card."),
      };
    }
    return super.addPaymentline(...arguments);
  },
});
