/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";

/** What the cashier says before a card for one use is ended. */
export function lostText(amount) {
  return _t("This card can be used once. The %s that remain will be lost.", amount);
}

/**
 * One card on one bill while what it pays is being chosen: limits, sums, sentences.
 *
 * What the dialog shows and asks. Each way to pay with a card says what differs.
 */
export class CardChoice {
  /** The part of the dialog that shows this choice. */
  static template = "giftcard_salon.GiftcardRedeemEntitlements";

  /**
   * @param {Object} params
   * @param {Object} params.card summary of the server, at least `available`
   * @param {Object} params.order the bill
   * @param {Function} params.format amount as text, with or without symbol
   */
  constructor({card, order, format}) {
    Object.assign(this, {card, order, format});
    this.open = order.remainingDue;
    this.round = (amount) => order.currency.round(amount);
  }

  // === GETTERS === //

  get template() {
    return this.constructor.template;
  }

  /** What the card may pay, row by row, where there is something to choose. */
  get redemptions() {
    return [];
  }

  /** What goes and what stays of each entitlement, where there are several. */
  get entitlementRows() {
    return [];
  }

  /** What the card gives. */
  get amount() {
    return 0;
  }

  /** What the bill gets lower. */
  get deducted() {
    return this.amount;
  }

  get usedText() {
    return this.format(this.amount);
  }

  get remaining() {
    return this.round(Math.max(0, this.card.available - this.amount));
  }

  /** What stays on the card then, in words. */
  get remainingTexts() {
    return [this.format(this.remaining)];
  }

  /** What a card for one use loses: all that this use leaves on it. */
  get lost() {
    return this.card.is_single_use ? this.remaining : 0;
  }

  get stillToPay() {
    return this.round(Math.max(0, this.open - this.deducted));
  }

  /** Why this cannot be used, as a sentence; else "". */
  get problem() {
    return "";
  }

  /** What the cashier must know before using the card, though it may be used. */
  get warning() {
    return "";
  }

  /** What will happen, as a sentence. */
  get sentence() {
    return "";
  }

  get canRedeem() {
    return this.amount > 0 && !this.problem;
  }

  get label() {
    return this.lost > 0 && this.canRedeem
      ? _t("Use %s and end the card", this.usedText)
      : _t("Use %s", this.usedText);
  }

  // === ACTIONS === //

  /** A key of the pad, or of the keyboard. */
  type() {}

  /**
   * Hold what was chosen; the lines of the bill appear with it.
   *
   * @param {GiftcardAttempt} attempt
   * @returns {Promise<Object>} the server's response, or `{problem, text}`
   */
  async hold(attempt) {
    throw new Error(`Nothing says what card ${attempt.key} is to hold.`);
  }
}
