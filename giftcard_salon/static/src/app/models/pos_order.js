import {_t} from "@web/core/l10n/translation";
import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";

patch(PosOrder.prototype, {
  // === GETTERS === //

  /** The lines that hold money on a card for this bill. */
  getGiftcardUses() {
    return this.payment_ids.filter(
      (line) => line.isGiftcard && line.amount > 0 && line.isDone()
    );
  },

  getGiftcardSales() {
    return this.lines.filter((line) => line.isGiftcardSale);
  },

  /** How much of the bill gift cards may pay: no card, no tip. */
  getGiftcardPayable() {
    const kept = this.lines
      .filter((line) => line.isGiftcardSale || line.isTipLine())
      .reduce((sum, line) => sum + line.priceIncl, 0);
    return Math.max(0, this.currency.round(this.totalDue - kept));
  },

  /**
   * How much a gift card may pay now.
   *
   * @param {PosPayment} changed a line whose amount is being set anew
   */
  getGiftcardDue(changed) {
    const own = changed?.amount || 0;
    const used = this.getGiftcardUses().reduce((sum, line) => sum + line.amount, 0);
    const room = this.getGiftcardPayable() - used + own;
    return Math.max(0, this.currency.round(Math.min(this.remainingDue + own, room)));
  },

  /** The gift-card payments of the bill that this one refunds. */
  getRefundedGiftcardUses() {
    const original =
      this.refunded_order_id || this.lines[0]?.refunded_orderline_id?.order_id;
    return original?.getGiftcardUses() || [];
  },

  // === BUSINESS METHODS === //

  /** Add the payment line of a hold, under the uuid the hold was asked with. */
  addGiftcardUse(paymentMethod, hold) {
    this.assertEditable();
    const line = this.models["pos.payment"].create({
      uuid: hold.key,
      pos_order_id: this,
      payment_method_id: paymentMethod,
      amount: hold.amount,
    });
    line.applyGiftcardHold(hold);
    this.selectPaymentline(undefined);
    return line;
  },

  addGiftcardRefund(paymentMethod, refundedLine, amount) {
    this.assertEditable();
    const line = this.models["pos.payment"].create({
      pos_order_id: this,
      payment_method_id: paymentMethod,
      amount: -amount,
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

  /** Override of `point_of_sale` to free the card, whatever the line's status. */
  removePaymentline(line, {isQuiet = false} = {}) {
    const terminal = line.isGiftcard && line.payment_method_id.payment_terminal;
    const use = terminal && line.amount >= 0 && line.giftcardUse;
    const result = super.removePaymentline(...arguments);
    if (use) {
      terminal.releaseUse(use, isQuiet);
    }
    return result;
  },
});
