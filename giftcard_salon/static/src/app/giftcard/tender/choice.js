/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {typeAmount} from "@giftcard_salon/app/giftcard/sale/amount";
import {CardChoice, lostText} from "@giftcard_salon/app/giftcard/card_choice";
import {amountProblem, readAmount} from "@giftcard_salon/app/giftcard/typed_amount";

/** The amount that a card pays, chosen by the cashier. */
export class TenderChoice extends CardChoice {
  static template = "giftcard_salon.GiftcardRedeemAmount";

  /**
   * @param {Object} params as for `CardChoice`
   * @param {Object} [params.line] the payment line whose amount is changed
   * @param {string} params.decimalPoint
   */
  constructor({line, decimalPoint, ...params}) {
    super(params);
    const {card, order, format} = params;
    Object.assign(this, {line, decimalPoint});
    this.decimals = order.currency.decimal_places;
    this.due = order.getGiftcardDueOf(card, line);
    this.isBonusFull = this.due < order.getGiftcardDue(card.pays_tips, line);
    this.open = this.round(order.remainingDue + (line?.giftcardValue || 0));
    this.hasSales = order.getGiftcardSales().length > 0;
    this.hasOthersTip = order.hasGiftcardTip && !card.pays_tips;
    this.text = format(line ? line.giftcardValue : this.most, false);
    this.isFresh = true;
  }

  // === GETTERS === //

  get most() {
    return Math.min(this.card.available, this.due);
  }

  get amount() {
    return this.round(readAmount(this.text, this.decimals) || 0);
  }

  /** Nothing stays on a card that this use ends. */
  get remainingTexts() {
    return [this.format(this.card.is_single_use ? 0 : this.remaining)];
  }

  /** Why this amount cannot be used, as a sentence; else "". */
  get problem() {
    if (this.amount <= this.most) {
      return amountProblem(this.text, this.decimals);
    }
    return this.card.available <= this.due
      ? _t("At most %s: that is what is left on the card.", this.format(this.most))
      : _t(
          "At most %s: that is what this card may pay on this bill.",
          this.format(this.most)
        );
  }

  /** What the cashier must know before using the card, though it may be used. */
  get warning() {
    if (this.lost > 0) {
      return lostText(this.format(this.lost));
    }
    const uncovered = this.round(this.open - this.due);
    return uncovered > 0 ? this.explainUncovered(this.format(uncovered)) : "";
  }

  explainUncovered(amount) {
    if (this.isBonusFull) {
      return _t(
        "%s of this bill is not covered. The bonus of this card lowers what is sold, never a tip.",
        amount
      );
    }
    if (this.hasSales && this.hasOthersTip) {
      return _t(
        "%s of this bill is not covered. This card pays neither for gift cards nor for tips.",
        amount
      );
    }
    return this.hasSales
      ? _t(
          "%s of this bill is not covered. A gift card cannot pay for a gift card.",
          amount
        )
      : _t("%s of this bill is not covered. This card does not pay tips.", amount);
  }

  // === ACTIONS === //

  type(key) {
    this.text = typeAmount(this.text, key, {
      isFresh: this.isFresh,
      decimalPoint: this.decimalPoint,
      decimals: this.decimals,
    });
    this.isFresh = false;
  }

  hold(attempt) {
    return attempt.holdTender(this);
  }
}
