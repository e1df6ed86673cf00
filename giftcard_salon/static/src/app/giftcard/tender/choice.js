import {_t} from "@web/core/l10n/translation";
import {typeAmount} from "@giftcard_salon/app/giftcard/sale/amount";
import {amountProblem, readAmount} from "@giftcard_salon/app/giftcard/typed_amount";

/** What the cashier says before a card for one use is ended. */
export function lostText(amount) {
  return _t("This card can be used once. The %s that remain will be lost.", amount);
}

/**
 * One card on one bill while its amount is being chosen: limits, sums, sentences.
 *
 * @param {Object} params
 * @param {Object} params.card facts of the server, at least `available`
 * @param {Object} params.order the bill
 * @param {Object} params.line the payment line whose amount is changed, if any
 * @param {Function} params.format amount as text, with or without symbol
 * @param {string} params.decimalPoint
 */
export class GiftcardUse {
  constructor({card, order, line, format, decimalPoint}) {
    Object.assign(this, {card, format, decimalPoint});
    this.decimals = order.currency.decimal_places;
    this.round = (amount) => order.currency.round(amount);
    this.due = order.getGiftcardDueOf(card, line);
    this.isBonusFull = this.due < order.getGiftcardDue(card.pays_tips, line);
    this.open = this.round(order.remainingDue + (line?.giftcardValue || 0));
    this.hasSales = order.getGiftcardSales().length > 0;
    this.hasOthersTip = order.hasGiftcardTip && !card.pays_tips;
    this.text = format(line ? line.giftcardValue : this.most, false);
    this.isFresh = true;
  }

  get most() {
    return Math.min(this.card.available, this.due);
  }

  get amount() {
    return this.round(readAmount(this.text, this.decimals) || 0);
  }

  type(key) {
    this.text = typeAmount(this.text, key, {
      isFresh: this.isFresh,
      decimalPoint: this.decimalPoint,
      decimals: this.decimals,
    });
    this.isFresh = false;
  }

  /** What stays on the card: nothing of one that this use ends. */
  get left() {
    return this.card.is_single_use ? 0 : this.rest;
  }

  get rest() {
    return this.round(Math.max(0, this.card.available - this.amount));
  }

  /** What a card for one use loses with this use. */
  get lost() {
    return this.card.is_single_use ? this.rest : 0;
  }

  get stillToPay() {
    return this.round(Math.max(0, this.open - this.amount));
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

  get canUse() {
    return this.amount > 0 && !this.problem;
  }

  /** A use that ends a card for one use loses what remains. */
  get endsCard() {
    return this.lost > 0;
  }

  /** What the cashier must know before using the card, though it may be used. */
  get warning() {
    if (this.endsCard) {
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

  get label() {
    const amount = this.format(this.amount);
    return this.endsCard && this.canUse
      ? _t("Use %s and end the card", amount)
      : _t("Use %s", amount);
  }
}
