/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {register_payment_method} from "@point_of_sale/app/services/pos_store";
import {PaymentInterface} from "@point_of_sale/app/utils/payment/payment_interface";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {taxGroupsForServer} from "@giftcard_salon/app/giftcard/bonus/split";
import {fittedAmounts} from "@giftcard_salon/app/giftcard/tender/payable";
import {GiftcardClient} from "@giftcard_salon/app/giftcard/client";

/**
 * Gift cards as a way to pay.
 *
 * A payment line exists only with a hold; its uuid is the hold's key. So `done` is
 * always a server's response, and whatever removes the line gives the hold back.
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

  /** Set what the card of a line gives; the response tells what the server made of it. */
  async setAmount(line, amount) {
    const order = line.pos_order_id;
    const conversion = line.giftcardConversion;
    if (conversion) {
      // the whole card is held; what of it is used now is said with the bill
      const available = order.currency.round(conversion.price_unit - amount);
      line.applyGiftcardHold({...line.giftcardHold, amount, available});
      return {};
    }
    const revision = this.client.nextRevision(line);
    const {code} = this.client.cards.get(line.uuid) || {};
    const request = {key: line.uuid, revision, amount, ...(code && {code})};
    const response = await this.holdTender(
      request,
      order,
      line.giftcard_pays_tips,
      line
    );
    if (!response.problem) {
      line.applyGiftcardHold(response, response.taxGroups);
    }
    return response;
  }

  /**
   * Reserve an amount for a payment line, or set another amount for it.
   *
   * @param {Object} request key, revision, amount, and the code, which a first hold
   *  needs and one that takes more
   * @param {Object} order the bill
   * @param {boolean} paysTips whether the card may pay tips too
   * @param {PosPayment} [line] the card's line, if it has one
   * @returns {Object} the response, and the tax groups it was asked for
   */
  async holdTender(request, order, paysTips, line) {
    const taxGroups = order.getGiftcardTaxGroups(line);
    const response = await this.client.hold(
      "giftcard_hold_tender",
      [request],
      {
        ...request,
        tax_groups: taxGroupsForServer(taxGroups),
        tips: order.getGiftcardTips(paysTips),
      },
      order
    );
    return {...response, taxGroups};
  }

  /** As the cashier wishes: cash that was noted for it already goes. */
  async changeAmount(line, amount) {
    const order = line.pos_order_id;
    const before = line.giftcardValue;
    const wasDue = order.remainingDue;
    const response = await this.setAmount(line, amount);
    if (!response.problem) {
      order.lowerCash(Math.max(0, line.giftcardValue - before - wasDue));
    }
    return response;
  }

  /** Give back what a removed line held, and say so. */
  async releaseHold({key, revision, last4, freed}, isQuiet = false) {
    const response = await this.client.release(key, revision);
    if (isQuiet) {
      return;
    }
    const card = maskedCode(last4);
    if (response.problem) {
      this.pos.notification.add(
        _t("Card %s will be free again when the connection is back.", card),
        {type: "warning"}
      );
    } else if (response.state === "released" && response.last4) {
      const amount = freed || this.format(response.available);
      this.pos.notification.add(
        _t("Card %(card)s is free again: %(amount)s.", {card, amount}),
        {type: "success"}
      );
    }
  }

  /** After a reload or an outage: bring the lines to what the server knows. */
  async resume(payments) {
    const lines = payments.filter((line) => !line.giftcardConversion);
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
    const response = state
      ? await this.setAmount(line, line.giftcardValue)
      : {problem: "gone"};
    if (response.problem && response.problem !== "offline") {
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
    const redemptions = order.getGiftcardRedemptions();
    const amounts = fittedAmounts(
      order.getGiftcardPayable(),
      redemptions.map((line) => line.giftcardShare),
      (amount) => order.currency.round(amount)
    );
    for (const [index, line] of redemptions.entries()) {
      const before = line.giftcardValue;
      const amount = order.limitByGiftcardBonus(
        amounts[index],
        this.poolOf(line),
        line
      );
      const response = await this.fitLine(line, amount);
      if (response.problem) {
        return response;
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
    const cardPool = this.client.cards.get(line.uuid)?.pool;
    const linePool = {
      available: giftcardValue,
      available_consideration: amount,
      pool_face: giftcardValue,
      pool_consideration: amount,
    };
    return cardPool || (line.giftcard_bonus ? linePool : undefined);
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
