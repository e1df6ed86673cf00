import {_t} from "@web/core/l10n/translation";
import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";
import {roomForCard} from "@giftcard_salon/app/utils/giftcard_room";

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
    return {
      withTips: without(this.getGiftcardSales()),
      withoutTips: without(
        this.lines.filter((line) => line.isGiftcardSale || line.isTipLine())
      ),
    };
  },

  /**
   * How much a gift card may pay now.
   *
   * @param {boolean} paysTips whether that card may pay tips too
   * @param {PosPayment} changed a line whose amount is being set anew
   */
  getGiftcardDue(paysTips, changed) {
    const others = this.getGiftcardUses().filter((line) => line.uuid !== changed?.uuid);
    const room = roomForCard(
      this.getGiftcardPayable(),
      others.map((line) => line.giftcardShare),
      paysTips
    );
    const open = this.remainingDue + (changed?.amount || 0);
    return Math.max(0, this.currency.round(Math.min(open, room)));
  },

  /** The gift-card payments of the bill that this one refunds. */
  getRefundedGiftcardUses() {
    const original =
      this.refunded_order_id || this.lines[0]?.refunded_orderline_id?.order_id;
    return original?.getGiftcardUses() || [];
  },

  // === BUSINESS METHODS === //

  /** Add the payment line of a hold, under the uuid the hold was asked with. */
  addGiftcardUse(paymentMethod, hold, card = {}) {
    this.assertEditable();
    const line = this.models["pos.payment"].create({
      uuid: hold.key,
      pos_order_id: this,
      payment_method_id: paymentMethod,
      amount: hold.amount,
      giftcard_pays_tips: Boolean(card.pays_tips),
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

  /** Override of `point_of_sale`: lines that belong to one use of a card go together. */
  removeOrderline(line) {
    const partners = line.isGiftcardForced ? line.giftcardPartners : [];
    partners.forEach((partner) => super.removeOrderline(partner));
    return super.removeOrderline(...arguments);
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
