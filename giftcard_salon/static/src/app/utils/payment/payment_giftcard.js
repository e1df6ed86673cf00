import {_t} from "@web/core/l10n/translation";
import {register_payment_method} from "@point_of_sale/app/services/pos_store";
import {PaymentInterface} from "@point_of_sale/app/utils/payment/payment_interface";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {fittedAmounts} from "@giftcard_salon/app/giftcard/tender/payable";
import {GiftcardClient} from "@giftcard_salon/app/giftcard/client";

/**
 * Gift cards as a way to pay.
 *
 * A payment line exists only with a hold; its uuid is the hold's key. So `done` is
 * always a server's answer, and whatever removes the line gives the hold back.
 */
export class PaymentGiftcard extends PaymentInterface {
  setup() {
    super.setup(...arguments);
    this.client = new GiftcardClient(this.pos, this.payment_method_id);
  }

  format(amount) {
    return this.env.utils.formatCurrency(amount);
  }

  // === LINES === //

  /** Set what the card of a line gives; the answer tells what the server made of it. */
  async setAmount(line, amount) {
    const change = line.giftcardChange;
    if (change) {
      // the whole card is held; what of it is used now is said with the bill
      const available = line.pos_order_id.currency.round(change.price_unit - amount);
      line.applyGiftcardHold({...line.giftcardUse, amount, available});
      return {};
    }
    const revision = this.client.nextRevision(line);
    const rates = line.pos_order_id.getGiftcardRates(line);
    const tips = line.pos_order_id.getGiftcardTips(line.giftcard_pays_tips);
    const {code} = this.client.cards.get(line.uuid) || {};
    const answer = await this.client.hold(
      {key: line.uuid, revision, amount, rates, tips, ...(code && {code})},
      line.pos_order_id
    );
    if (!answer.problem) {
      line.applyGiftcardHold(answer, rates);
    }
    return answer;
  }

  /**
   * Ask for a hold that has no line yet.
   *
   * @param {Object} order the bill
   * @param {Object} attempt key, revision, amount and code
   * @param {Object} card its facts
   * @returns {Object} the answer, and the rates it was asked for
   */
  async holdNew(order, attempt, card) {
    const rates = order.getGiftcardRates();
    const tips = order.getGiftcardTips(card.pays_tips);
    const {key, revision, amount, code} = attempt;
    const answer = await this.client.hold(
      {key, revision, amount, code, rates, tips},
      order
    );
    if (!answer.problem) {
      this.client.cards.set(attempt.key, {...card, code: attempt.code});
    }
    return {...answer, rates};
  }

  /** As the cashier wishes: cash that was noted for it already goes. */
  async change(line, amount) {
    const order = line.pos_order_id;
    const before = line.giftcardValue;
    const wasDue = order.remainingDue;
    const answer = await this.setAmount(line, amount);
    if (!answer.problem) {
      order.lowerCash(Math.max(0, line.giftcardValue - before - wasDue));
    }
    return answer;
  }

  /** Give back what a removed line held, and say so. */
  async releaseUse({key, revision, last4, freed}, isQuiet = false) {
    const answer = await this.client.release(key, revision);
    if (isQuiet) {
      return;
    }
    const card = maskedCode(last4);
    if (answer.problem) {
      this.pos.notification.add(
        _t("Card %s will be free again when the connection is back.", card),
        {type: "warning"}
      );
    } else if (answer.state === "released" && answer.last4) {
      const amount = freed || this.format(answer.available);
      this.pos.notification.add(
        _t("Card %(card)s is free again: %(amount)s.", {card, amount}),
        {type: "success"}
      );
    }
  }

  /** After a reload or an outage: bring the lines to what the server knows. */
  async resume(payments) {
    const lines = payments.filter((line) => !line.giftcardChange);
    const states = lines.length
      ? await this.client.status(lines.map((line) => line.uuid))
      : {};
    for (const line of states.problem ? [] : lines) {
      await this.resumeLine(line, states[line.uuid]);
    }
  }

  async resumeLine(line, state) {
    if (["held", "captured"].includes(state?.state)) {
      this.client.noted.note(line.uuid, state.revision);
      line.applyGiftcardHold(state);
      return;
    }
    // let go meanwhile, by a manager say: the card may still have the money
    this.client.noted.note(line.uuid, state?.revision || 0);
    const answer = state
      ? await this.setAmount(line, line.giftcardValue)
      : {problem: "gone"};
    if (answer.problem && answer.problem !== "offline") {
      this.dropLine(line);
    }
  }

  dropLine(line) {
    const sentence = _t(
      "Card %(card)s could not be used any more. Nothing was taken. Choose another payment for %(amount)s.",
      {card: maskedCode(line.giftcard_last4), amount: this.format(line.giftcardValue)}
    );
    line.pos_order_id.removePaymentline(line, {isQuiet: true});
    this.pos.notification.add(sentence, {type: "danger", sticky: true});
  }

  /**
   * Lower the holds to what the bill has left for gift cards; fit each bonus to it.
   *
   * @param {Object} order
   * @returns {Object} `problem` and `text` when it could not be done
   */
  async fit(order) {
    const uses = order.getGiftcardUses();
    const amounts = fittedAmounts(
      order.getGiftcardPayable(),
      uses.map((line) => line.giftcardShare),
      (amount) => order.currency.round(amount)
    );
    for (const [index, line] of uses.entries()) {
      const before = line.giftcardValue;
      const amount = order.limitByGiftcardBonus(
        amounts[index],
        this.poolOf(line),
        line
      );
      const answer = await this.fitLine(line, amount);
      if (answer.problem) {
        return answer;
      }
      if (amount < before) {
        this.tellLowered(line.giftcard_last4, before, amount);
      }
    }
    return {};
  }

  /** What decides on the bonus of a line; after a reload, the line's own shares. */
  poolOf(line) {
    const {amount, giftcardValue} = line;
    const told = this.client.cards.get(line.uuid)?.pool;
    const own = {
      available: giftcardValue,
      available_consideration: amount,
      pool_face: giftcardValue,
      pool_consideration: amount,
    };
    return told || (line.giftcard_bonus ? own : undefined);
  }

  async fitLine(line, amount) {
    if (amount <= 0) {
      line.pos_order_id.removePaymentline(line, {isQuiet: true});
      return {};
    }
    const isCertain = this.client.nextRevision(line) === line.giftcard_revision + 1;
    const isFit =
      amount === line.giftcardValue && line.pos_order_id.isGiftcardBonusFit(line);
    return isFit && isCertain ? {} : this.setAmount(line, amount);
  }

  tellLowered(last4, before, after) {
    this.pos.notification.add(
      _t("The bill is lower now: card %(card)s pays %(after)s instead of %(before)s.", {
        card: maskedCode(last4),
        after: this.format(after),
        before: this.format(before),
      }),
      {type: "warning"}
    );
  }

  // === INTERFACE === //

  /** The dialog asks for code and amount: a tap on the method sends nothing. */
  get fastPayments() {
    return false;
  }

  async sendPaymentRequest(uuid) {
    const line = this.pos.models["pos.payment"].getBy("uuid", uuid);
    if (!line || line.giftcardValue < 0) {
      return Boolean(line?.giftcard_refunded_payment_id);
    }
    await this.resume([line]);
    return line.isDone();
  }

  async sendPaymentCancel(order, uuid) {
    await this.client.release(uuid);
    return true;
  }
}

register_payment_method("giftcard", PaymentGiftcard);
