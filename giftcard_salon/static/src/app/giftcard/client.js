import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {withBillNames} from "@giftcard_salon/app/giftcard/tender/parked";
import {GiftcardHolds} from "@giftcard_salon/app/giftcard/held_keys";

const ANSWER_TIMEOUT = 15000;

function ratesForServer(rates) {
  return rates.map(({key, tax_ids, gross, taken}) => ({key, tax_ids, gross, taken}));
}

/**
 * What the till asks the server about gift cards.
 *
 * Every answer is the server's dict or `{problem, text}`: nothing is thrown at the
 * screen. A request whose answer is lost is sent once more, with the same key.
 */
export class GiftcardClient {
  constructor(pos, paymentMethod) {
    this.pos = pos;
    this.paymentMethod = paymentMethod;
    this.answerTimeout = ANSWER_TIMEOUT;
    this.noted = new GiftcardHolds(pos.config.id);
    this.inFlight = new Set();
    // code and facts of the cards on open bills, by line; gone with a reload
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
        this.answerTimeout
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
    const answer = await this.askAsIs(method, ...args);
    return answer.approval && (await this.pos.approveGiftcard(answer.approval))
      ? this.askAsIs(method, ...args)
      : answer;
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

  /** Facts of the card with this code, or why it cannot be shown. */
  async lookup(code, order) {
    const uses = order.getGiftcardUses();
    if (uses.some((line) => this.cards.get(line.uuid)?.code === code)) {
      return this.alreadyOnBill;
    }
    const card = await this.ask("giftcard_lookup", code, this.pos.session.id);
    return this.readCard(card, uses);
  }

  /** The same of a card that the desk found, with its code. */
  async pick(cardId, order) {
    const uses = order.getGiftcardUses();
    const card = await this.ask("giftcard_pick", cardId, this.pos.session.id);
    const isOn = (line) => this.cards.get(line.uuid)?.code === card.code;
    return card.code && uses.some(isOn)
      ? this.alreadyOnBill
      : this.readCard(card, uses);
  }

  /** The same of a card that a manager lets pay this bill. */
  rescue(code, order) {
    return this.ask("giftcard_rescue", code, this.pos.session.id, order.uuid);
  }

  readCard(card, uses) {
    if (uses.some((line) => this.isCardOf(line, card))) {
      return this.alreadyOnBill;
    }
    return card.problem || card.last4
      ? withBillNames(card, this.pos.models["pos.order"].getAll())
      : {problem: "refused", text: card.refusal};
  }

  /** After a reload no code is known any more; the balance tells the card. */
  isCardOf(line, {last4, available, held}) {
    return held && line.giftcard_last4 === last4 && line.giftcard_left === available;
  }

  get alreadyOnBill() {
    return {problem: "refused", text: _t("This card is already on the bill.")};
  }

  /**
   * Reserve an amount for a payment line, or set another amount for it.
   *
   * @param {Object} request key, revision, amount, rates of what the card may pay, and
   *  the code, which a first hold needs and one that takes more
   * @param {Object} order the bill
   */
  async hold(request, order) {
    this.noted.note(request.key, request.revision);
    this.inFlight.add(request.key);
    const answer = await this.ask("giftcard_hold", {
      ...request,
      rates: ratesForServer(request.rates),
      session_id: this.pos.session.id,
      order_uuid: order.uuid,
      order_name: order.pos_reference,
      partner_id: order.partner_id?.id || false,
    });
    this.inFlight.delete(request.key);
    return answer.problem || answer.state === "held"
      ? answer
      : {problem: "refused", text: _t("Nothing was taken. Scan the card again.")};
  }

  /** The number of the next thing this key is told: above all that were tried. */
  nextRevision(line) {
    return Math.max(line.giftcard_revision || 0, this.noted.revision(line.uuid)) + 1;
  }

  /** Give a hold back; without an answer it stays noted and goes out later. */
  async release(key, revision = 1) {
    const newest = Math.max(revision, this.noted.revision(key));
    this.noted.note(key, newest);
    const answer = await this.ask("giftcard_release", key, newest, this.pos.session.id);
    if (!answer.problem) {
      this.noted.forget(key);
      this.cards.delete(key);
    }
    return answer;
  }

  /** Give back every hold whose payment line is no more. */
  async releaseOrphans() {
    for (const [key, revision] of Object.entries(this.noted.read())) {
      const {line, order} = this.placeOf(key);
      if (!line && !this.inFlight.has(key)) {
        await this.release(key, revision);
      } else if (order?.finalized && order.isSynced) {
        this.noted.forget(key);
        this.cards.delete(key);
      }
    }
  }

  /** The payment or bill line of a hold, and its bill; none when it went. */
  placeOf(key) {
    const payment = this.pos.models["pos.payment"].getBy("uuid", key);
    const line = this.pos.models["pos.order.line"].getBy("uuid", key);
    return {line: payment || line, order: payment?.pos_order_id || line?.order_id};
  }

  /** How a part of a use goes back on its card, with its bonus. */
  planRefund(use, amount, key, rates) {
    return this.ask("giftcard_refund_split", {
      key,
      amount,
      payment_id: use.id,
      session_id: this.pos.session.id,
      rates: ratesForServer(rates),
    });
  }

  status(keys) {
    return this.ask("giftcard_status", keys, this.pos.session.id);
  }
}
