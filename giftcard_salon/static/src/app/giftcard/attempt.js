/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {uuidv4} from "@point_of_sale/utils";
import {holdConversion} from "@giftcard_salon/app/giftcard/conversion/holds";
import {holdEntitlements} from "@giftcard_salon/app/giftcard/deduction/holds";
import {PresentedHold} from "@giftcard_salon/app/giftcard/tender/presented";

/**
 * One card that is about to pay a bill: the same request again has the same key.
 *
 * @param {Object} params
 * @param {string} [params.code] of the card; a line of the bill needs none
 * @param {Object} params.order the bill
 * @param {Object} params.paymentMethod
 * @param {Object} [params.line] the payment line whose amount is changed
 * @param {Function} params.isWanted whether somebody still waits for it
 */
export class GiftcardAttempt {
  constructor({code, order, paymentMethod, line, isWanted}) {
    Object.assign(this, {code, order, paymentMethod, line, isWanted});
    this.key = uuidv4();
    this.revision = 0;
    this.presented = null;
  }

  get terminal() {
    return this.paymentMethod.payment_terminal;
  }

  get client() {
    return this.terminal.client;
  }

  /** Ask what the card is; where nothing needs deciding, the response holds it too. */
  async present() {
    const presented = new PresentedHold(this.order);
    this.revision = 1;
    const card = await this.client.present(
      {key: this.key, code: this.code, ...presented.request},
      this.order
    );
    this.presented = presented.take(card.hold);
    if (!this.isWanted()) {
      this.abandon();
    }
    return card;
  }

  /** The card is not used: what was held of it goes back. */
  abandon() {
    this.presented = null;
    this.client.inFlight.delete(this.key);
    return this.client.releaseOrphans();
  }

  holdEntitlements(choice) {
    return holdEntitlements(this, choice);
  }

  holdConversion(choice) {
    return holdConversion(this, choice);
  }

  /** Hold an amount: another one for a line of the bill, or with a line of its own. */
  async holdTender(choice) {
    const {amount, card} = choice;
    if (this.line) {
      return this.terminal.changeAmount(this.line, amount);
    }
    const response = this.takePresented(amount) || (await this.holdAmount(choice));
    if (!this.isWanted()) {
      this.client.releaseOrphans();
    } else if (!response.problem) {
      this.client.cards.set(this.key, {...card, code: this.code});
      this.order.addGiftcardRedemption(
        this.paymentMethod,
        response,
        card,
        response.taxGroups
      );
    }
    return response;
  }

  /** The hold that came with the card, if it is what was chosen. */
  takePresented(amount) {
    const hold = this.presented?.holdOf(amount);
    this.presented = null;
    if (hold) {
      this.client.inFlight.delete(this.key);
    }
    return hold;
  }

  async holdAmount({amount, card}) {
    if (this.amount !== amount) {
      const newest = Math.max(this.revision, this.client.noted.revision(this.key));
      Object.assign(this, {amount, revision: newest + 1});
    }
    const {key, revision, code, order} = this;
    const response = await this.terminal.holdTender(
      {key, revision, amount, code},
      order,
      card.pays_tips
    );
    if (response.problem) {
      // what was asked for may be given back meanwhile: the next try asks anew
      this.amount = undefined;
    }
    return response;
  }
}
