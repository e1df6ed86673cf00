/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {taxGroupsForServer} from "@giftcard_salon/app/giftcard/bonus/split";
import {withBillNames} from "@giftcard_salon/app/giftcard/tender/parked";
import {GiftcardHolds} from "@giftcard_salon/app/giftcard/held_keys";

const RESPONSE_TIMEOUT = 15000;

/**
 * What the till asks the server about gift cards.
 *
 * Every response is the server's dict or `{problem, text}`: nothing is thrown at the
 * screen. A request whose response is lost is sent once more, with the same key.
 */
export class GiftcardClient {
  constructor(pos, paymentMethod) {
    this.pos = pos;
    this.paymentMethod = paymentMethod;
    this.responseTimeout = RESPONSE_TIMEOUT;
    this.noted = new GiftcardHolds(pos.config.id);
    this.inFlight = new Set();
    // code and summary of the cards on open bills, by line; gone with a reload
    this.cards = new Map();
  }

  async askOnce(method, args) {
    let timer = null;
    const request = this.pos.data.call("pos.payment.method", method, [
      [this.paymentMethod.id],
      ...args,
    ]);
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(
        () => reject(new ConnectionLostError(method)),
        this.responseTimeout
      );
    });
    try {
      return await Promise.race([request, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** As of {@link askAsIs}; what needs an approval is asked again when it has one. */
  async ask(method, ...args) {
    const response = await this.askAsIs(method, ...args);
    return response.approval && (await this.pos.approveGiftcard(response.approval))
      ? this.askAsIs(method, ...args)
      : response;
  }

  async askAsIs(method, ...args) {
    try {
      return await this.askOnce(method, args).catch((error) => {
        if (error instanceof ConnectionLostError && !this.pos.data.network.offline) {
          return this.askOnce(method, args);
        }
        throw error;
      });
    } catch (error) {
      return this.explain(error);
    }
  }

  explain(error) {
    if (error instanceof RPCError) {
      const isSentence = error.exceptionName?.startsWith("odoo.exceptions");
      return {
        problem: "refused",
        text: isSentence
          ? error.data.message
          : _t("The card could not be checked. Take another payment, or try again."),
        approval: error.data.context?.giftcard_approval,
      };
    }
    return {
      problem: "offline",
      text: _t(
        "No connection. Gift cards need the network, so that no card is used twice. Take another payment, or try again in a moment. The bill is kept."
      ),
    };
  }

  /**
   * Summary of the card that a client presents, and its hold where nothing needs
   * deciding; or why it cannot be shown.
   *
   * @param {Object} request code, key, and what the bill has: payable, tax_groups, tips
   * @param {Object} order the bill
   */
  async present(request, order) {
    const redemptions = order.getGiftcardRedemptions();
    const {key, code} = request;
    if (redemptions.some((line) => this.cards.get(line.uuid)?.code === code)) {
      return this.alreadyOnBill;
    }
    // what another card held may still be on its way back
    await this.releasing;
    this.noted.note(key, 1);
    this.inFlight.add(key);
    const args = [{...request, ...this.billOf(order)}];
    const card = await this.askOnce("giftcard_present", args).catch((error) =>
      this.lookUpAgain(error, request)
    );
    const summary = this.readCard(card, redemptions);
    if (!card.hold || summary.problem) {
      this.inFlight.delete(key);
      this.forgetPresented(key, card);
    }
    return summary;
  }

  /** Nothing was held, or nobody wants it. */
  forgetPresented(key, card) {
    if (!card.hold && !card.problem) {
      this.noted.forget(key);
    } else if (card.problem !== "offline") {
      this.releaseOrphans();
    }
  }

  /** A response that was lost may have held the card: first that goes back. */
  async lookUpAgain(error, {key, code}) {
    const isLost = error instanceof ConnectionLostError;
    if (!isLost) {
      // a refusal holds nothing
      this.noted.forget(key);
    }
    if (!isLost || this.pos.data.network.offline) {
      return this.explain(error);
    }
    const {id} = this.pos.session;
    try {
      await this.askOnce("giftcard_release", [key, 1, id]);
      this.noted.forget(key);
      return await this.askOnce("giftcard_lookup", [code, id]);
    } catch (again) {
      return this.explain(again);
    }
  }

  /** The same of a card that the desk found, with its code. */
  async pick(cardId, order) {
    const redemptions = order.getGiftcardRedemptions();
    const card = await this.ask("giftcard_pick", cardId, this.pos.session.id);
    const isOn = (line) => this.cards.get(line.uuid)?.code === card.code;
    return card.code && redemptions.some(isOn)
      ? this.alreadyOnBill
      : this.readCard(card, redemptions);
  }

  /** The same of a card that a manager lets pay this bill. */
  rescue(code, order) {
    return this.ask("giftcard_rescue", code, this.pos.session.id, order.uuid);
  }

  readCard(card, redemptions) {
    if (redemptions.some((line) => this.isCardOf(line, card))) {
      return this.alreadyOnBill;
    }
    return card.problem || card.last4
      ? withBillNames(card, this.pos.models["pos.order"].getAll())
      : {problem: "refused", text: card.refusal};
  }

  /** After a reload no code is known any more; the balance tells the card. */
  isCardOf(line, {last4, available, held}) {
    return (
      held && line.giftcard_last4 === last4 && line.giftcard_remaining === available
    );
  }

  get alreadyOnBill() {
    return {problem: "refused", text: _t("This card is already on the bill.")};
  }

  /**
   * Reserve what a card pays of a bill.
   *
   * @param {string} method of the server: each kind of choice has its own
   * @param {Object[]} holds `key` and `revision` of each
   * @param {Object} request what the method asks for
   * @param {Object} order the bill
   */
  async hold(method, holds, request, order) {
    for (const {key, revision} of holds) {
      this.noted.note(key, revision);
      this.inFlight.add(key);
    }
    const response = await this.ask(method, {...request, ...this.billOf(order)});
    holds.forEach(({key}) => this.inFlight.delete(key));
    return response.problem || response.state === "held"
      ? response
      : {problem: "refused", text: _t("Nothing was taken. Scan the card again.")};
  }

  /** What binds a hold: the bill, at this till. */
  billOf(order) {
    return {
      session_id: this.pos.session.id,
      order_uuid: order.uuid,
      order_name: order.pos_reference,
      partner_id: order.partner_id?.id || false,
      fiscal_position_id: order.fiscal_position_id?.id || false,
    };
  }

  /** The number of the next thing this key is told: above all that were tried. */
  nextRevision(line) {
    return Math.max(line.giftcard_revision || 0, this.noted.revision(line.uuid)) + 1;
  }

  /** Give a hold back; without an answer it stays noted and goes out later. */
  async release(key, revision = 1) {
    const newest = Math.max(revision, this.noted.revision(key));
    this.noted.note(key, newest);
    const response = await this.ask(
      "giftcard_release",
      key,
      newest,
      this.pos.session.id
    );
    if (!response.problem) {
      this.noted.forget(key);
      this.cards.delete(key);
    }
    return response;
  }

  /** Give back every hold whose payment line is no more, one call after the other. */
  releaseOrphans() {
    this.releasing = Promise.resolve(this.releasing).then(() => this.releaseUnused());
    return this.releasing;
  }

  async releaseUnused() {
    for (const [key, revision] of Object.entries(this.noted.read())) {
      const {line, order} = this.linesOf(key);
      if (!line && !this.inFlight.has(key)) {
        await this.release(key, revision);
      } else if (order?.finalized && order.isSynced) {
        this.noted.forget(key);
        this.cards.delete(key);
      }
    }
  }

  /** The payment or bill line of a hold, and its bill; none when it went. */
  linesOf(key) {
    const payment = this.pos.models["pos.payment"].getBy("uuid", key);
    const line = this.pos.models["pos.order.line"].getBy("uuid", key);
    return {line: payment || line, order: payment?.pos_order_id || line?.order_id};
  }

  /** How a share of a redemption goes back on its card, with its bonus. */
  planRefund(redemption, amount, key, taxGroups) {
    return this.ask("giftcard_refund_split", {
      key,
      amount,
      payment_id: redemption.id,
      session_id: this.pos.session.id,
      tax_groups: taxGroupsForServer(taxGroups),
    });
  }

  status(keys) {
    return this.ask("giftcard_status", keys, this.pos.session.id);
  }
}
