/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {SelectionPopup} from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import {uuidv4} from "@point_of_sale/utils";
import {ConnectionLostError} from "@web/core/network/rpc";
import {makeAwaitable} from "@point_of_sale/app/utils/make_awaitable_dialog";
import {patch} from "@web/core/utils/patch";
import {GiftcardRedeemDialog} from "@giftcard_salon/app/components/giftcard_redeem_dialog/giftcard_redeem_dialog";
import {GiftcardSellDialog} from "@giftcard_salon/app/components/giftcard_sell_dialog/giftcard_sell_dialog";
import {protectGiftcards} from "@giftcard_salon/app/giftcard/beside/protection";
import {loadRefundedBills} from "@giftcard_salon/app/giftcard/tender/refunded_bills";

/** Of the values of a sale: names, message, scanned card; the server says the rest. */
function saleTexts(values) {
  const priced = ["price_unit", "giftcard_value", "quote"];
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !priced.includes(name))
  );
}

patch(PosStore.prototype, {
  async afterProcessServerData() {
    protectGiftcards();
    const result = await super.afterProcessServerData(...arguments);
    this.watchGiftcardTaxes();
    this.releaseGiftcardOrphans();
    window.addEventListener("pos-network-online", () => this.releaseGiftcardOrphans());
    return result;
  },

  get giftcardMethods() {
    return this.config.payment_method_ids.filter(
      (method) => method.use_payment_terminal === "giftcard"
    );
  },

  releaseGiftcardOrphans() {
    return this.giftcardMethods[0]?.payment_terminal.client.releaseOrphans();
  },

  // === SELL === //

  /** Override of `point_of_sale` to ask which card is sold before its line is made. */
  async addLineToOrder(vals, order, opts = {}, configure = true) {
    const template = this.giftcardTemplate(vals.product_tmpl_id);
    const type = template?.giftcard_type_id;
    if (!type || "price_unit" in vals || !configure || order.isRefund) {
      return super.addLineToOrder(...arguments);
    }
    const sale = await this.askGiftcard(type, undefined, opts.giftcardCode);
    // not "manual": French receipts would strike out an old price of zero
    const addOne = (values) =>
      values.quote
        ? this.addGiftcardOfEntitlements(
            order,
            template,
            values.quote,
            saleTexts(values)
          )
        : super.addLineToOrder(
            {...vals, ...values, qty: 1, price_type: "automatic"},
            order,
            opts,
            configure
          );
    return sale && this.addGiftcards(sale, addOne);
  },

  /** One line for each of the cards that are alike; the last one is returned. */
  async addGiftcards({values, count}, addOne) {
    let line = undefined;
    for (let number = 0; number < count; number++) {
      line = await addOne(values);
    }
    return line;
  },

  giftcardTemplate(template) {
    return typeof template === "number"
      ? this.models["product.template"].get(template)
      : template;
  },

  /** Values of the bill lines of cards to sell, and how many; undefined: discarded. */
  askGiftcard(type, line, code) {
    if (type.raw?.refusal && !line) {
      // a setting is missing: said before the client pays
      return this.showGiftcardMessage(type.raw.refusal);
    }
    return makeAwaitable(this.dialog, GiftcardSellDialog, {type, line, code});
  },

  async editGiftcard(line) {
    const sale = await this.askGiftcard(line.giftcardType, line);
    if (sale) {
      const {values} = sale;
      line.order_id.assertEditable();
      line.update(line.isGiftcardEntitlementSale ? saleTexts(values) : values);
    }
  },

  // === REDEEM === //

  /**
   * Why a gift card cannot pay anything on this bill now, as a sentence.
   *
   * @param {Object} order
   * @param {Object} card its summary; without them: why no card can
   */
  getGiftcardRefusal(order, card = {pays_tips: true}) {
    if (order.remainingDue <= 0) {
      return _t("The bill is already paid.");
    }
    if (order.getGiftcardDue(card.pays_tips) > 0 && order.getGiftcardDueOf(card) <= 0) {
      return _t(
        "A bonus or a free card lowers what is sold, never a tip, and nothing else is left here. Take another payment for the tip."
      );
    }
    return order.hasGiftcardTip && order.getGiftcardDue(true) > 0 && !card.pays_tips
      ? _t("This card does not pay tips. Take another payment for the tip.")
      : _t("A gift card cannot pay for a gift card.");
  },

  /**
   * Open the dialog that takes a card.
   *
   * @param {Object} params
   * @param {Object} params.order
   * @param {Object} params.paymentMethod
   * @param {string} params.code scanned on the payment screen
   * @param {Object} params.line whose amount is to be changed
   */
  redeemGiftcard({order, paymentMethod, code, line}) {
    if (!code && !line && order.getGiftcardDue(true) <= 0) {
      return this.showGiftcardMessage(this.getGiftcardRefusal(order));
    }
    const props = {order, paymentMethod, ...(code && {code}), ...(line && {line})};
    return this.dialog.add(GiftcardRedeemDialog, props);
  },

  showGiftcardMessage(body) {
    this.dialog.add(AlertDialog, {title: _t("Gift card"), body});
  },

  // === REFUND === //

  /** Give money back to the card that paid the refunded bill. */
  async refundToGiftcard(order, paymentMethod) {
    const due = -order.remainingDue;
    await this.loadRefundedBills(order);
    const redemptions = order.getRefundedGiftcardRedemptions();
    const open = redemptions.filter(
      (redemption) => redemption.getGiftcardRefundable() > 0
    );
    if (due <= 0 || !open.length) {
      return this.showGiftcardMessage(this.getRefundRefusal(due, redemptions));
    }
    const redemption = open.length > 1 ? await this.chooseGiftcard(open) : open[0];
    if (redemption && !redemption.isSynced) {
      return this.showGiftcardMessage(
        _t("The first bill is not saved yet. Try again when the connection is back.")
      );
    }
    const value = redemption && Math.min(due, redemption.getGiftcardRefundable());
    return redemption && this.refundRedemption(order, paymentMethod, redemption, value);
  },

  /** The card may have paid for a bill before an exchange, of another day. */
  async loadRefundedBills(order) {
    try {
      await loadRefundedBills(this.data, order);
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) {
        throw error;
      }
    }
  },

  /** Put a part of a use back on its card; how its bonus goes back the server says. */
  async refundRedemption(order, paymentMethod, redemption, value) {
    let plan = {consideration: value};
    if (redemption.giftcard_bonus) {
      const key = uuidv4();
      const taxGroups = order.getGiftcardReturnTaxGroups();
      const {client} = paymentMethod.payment_terminal;
      plan = {...(await client.planRefund(redemption, value, key, taxGroups)), key};
    }
    return plan.problem
      ? this.showGiftcardMessage(plan.text)
      : order.addGiftcardRefund(paymentMethod, redemption, plan);
  },

  /**
   * A bill that a bonus lowered is given back lower: its card first.
   *
   * @param {Object} order a refund that nobody paid anything of yet
   */
  async returnGiftcardBonus(order) {
    await this.loadRefundedBills(order);
    const redemptions = order
      .getRefundedGiftcardRedemptions()
      .filter((redemption) => redemption.giftcard_bonus);
    for (const redemption of order.payment_ids.length ? [] : redemptions) {
      const value = Math.min(-order.remainingDue, redemption.getGiftcardRefundable());
      if (redemption.isSynced && value > 0) {
        await this.refundRedemption(
          order,
          redemption.payment_method_id,
          redemption,
          value
        );
      }
    }
  },

  getRefundRefusal(due, redemptions) {
    if (due <= 0) {
      return _t("Everything is paid back already.");
    }
    return redemptions.length
      ? _t("All that the gift card paid is back on it. Pay the rest back another way.")
      : _t("This bill was not paid by gift card. Pay it back another way.");
  },

  chooseGiftcard(redemptions) {
    return makeAwaitable(this.dialog, SelectionPopup, {
      title: _t("Which card gets the money back?"),
      list: redemptions.map((redemption) => ({
        id: redemption.uuid,
        label: `${redemption.giftcardName} · ${this.env.utils.formatCurrency(
          redemption.getGiftcardRefundable()
        )}`,
        item: redemption,
      })),
    });
  },

  // === RELEASE === //

  /** Override of `point_of_sale` to free the cards of a bill that goes. */
  removeOrder(order) {
    const held = order.finalized ? [] : this.getGiftcardsHeldBy(order);
    const result = super.removeOrder(...arguments);
    held.forEach(([terminal, hold]) => terminal?.releaseHold(hold));
    return result;
  },

  /** What a bill holds on cards, each with the terminal that gives it back. */
  getGiftcardsHeldBy(order) {
    const terminal = order.giftcardTerminal;
    const payments = order.payment_ids.filter(
      (line) => line.isGiftcard && line.giftcardValue >= 0
    );
    const deductions = order.lines.filter((line) => line.isGiftcardHeld);
    return [
      ...payments.map((line) => [
        line.payment_method_id.payment_terminal,
        line.giftcardHold,
      ]),
      ...deductions.map((line) => [terminal, line.giftcardHold]),
    ];
  },
});
