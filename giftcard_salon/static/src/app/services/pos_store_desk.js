/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {TextInputPopup} from "@point_of_sale/app/components/popups/text_input_popup/text_input_popup";
import {ask, makeAwaitable} from "@point_of_sale/app/utils/make_awaitable_dialog";
import {patch} from "@web/core/utils/patch";
import {GiftcardBalanceDialog} from "@giftcard_salon/app/components/giftcard_balance_dialog/giftcard_balance_dialog";
import {GiftcardFindDialog} from "@giftcard_salon/app/components/giftcard_find_dialog/giftcard_find_dialog";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";

/** What the till does for a client who asks about a card, lost it or used it by mistake. */
patch(PosStore.prototype, {
  /** The server's response, or `{problem, text}` in words that fit a question. */
  async askAboutGiftcards(method, ...args) {
    const {client} = this.giftcardMethods[0].payment_terminal;
    const response = await client.ask(method, ...args);
    return response.problem === "offline"
      ? {...response, text: _t("No connection. Try again in a moment.")}
      : response;
  },

  /**
   * Open the dialog that tells what is on a card.
   *
   * @param {string} [code] that was scanned
   */
  showGiftcardBalance(code) {
    this.dialog.add(GiftcardBalanceDialog, code ? {code} : {});
  },

  /** The tile of the till that sells cards of this kind; undefined without one. */
  giftcardTileOf({type_id}) {
    return this.models["product.template"]
      .getAll()
      .find((template) => template.giftcard_type_id?.id === type_id);
  },

  /** Whether money can come onto a card here: not onto services, nor for one use. */
  canTopUpGiftcard(card) {
    const isMoney = !(card.entitlements || []).some(
      (entitlement) => entitlement.kind !== "amount"
    );
    const isOpen = ["active", "partial", "used"].includes(card.status);
    return (
      isMoney && isOpen && !card.is_single_use && Boolean(this.giftcardTileOf(card))
    );
  },

  /** Sell money for a card whose code was shown. */
  topUpGiftcard(card, giftcardCode) {
    const template = this.giftcardTileOf(card);
    return this.addLineToCurrentOrder({product_tmpl_id: template}, {giftcardCode});
  },

  /** Go to the payment of the bill, with a card whose code was shown. */
  async payWithGiftcard(code) {
    const order = this.getOrder();
    await this.pay();
    const [paymentMethod] = this.giftcardMethods;
    if (this.router.state.current === "PaymentScreen") {
      this.redeemGiftcard({order, paymentMethod, code});
    }
  },

  /**
   * Open the dialog that finds a card without its code.
   *
   * @param {Object} [props]
   * @param {Function} [props.onPick] takes a card that is to pay
   */
  findGiftcard(props = {}) {
    this.dialog.add(GiftcardFindDialog, props);
  },

  /**
   * Send a card's code to an address that is asked for now.
   *
   * @param {Object} card that was found
   * @returns {Promise<Object>} `{problem, text}` to show; null when discarded
   */
  async sendGiftcard(card) {
    const email = await makeAwaitable(this.dialog, TextInputPopup, {
      title: _t("Send card %s to", maskedCode(card.last4)),
      placeholder: _t("name@example.com"),
    });
    if (!email?.trim()) {
      return null;
    }
    const response = await this.askAboutGiftcards(
      "giftcard_send",
      card.id,
      this.session.id,
      email.trim()
    );
    return response.problem ? response : {problem: "done", text: response.text};
  },

  // === WITH THE RIGHT OF THE DESK === //

  get isGiftcardDesk() {
    return Boolean(this.user?.raw.giftcard_care && this.giftcardMethods.length);
  },

  /** Whether this bill was paid by gift card, so that its use can be undone. */
  canUndoGiftcard(order) {
    return Boolean(
      this.isGiftcardDesk &&
        order?.finalized &&
        order.isSynced &&
        (order.getGiftcardRedemptions().length || order.getGiftcardDeductions().length)
    );
  },

  /** Give the whole bill back the way it was paid, the cards first. */
  async undoGiftcard(order) {
    const preview = await this.askAboutGiftcards(
      "giftcard_undo_preview",
      order.id,
      this.session.id
    );
    const refusal = preview.problem ? preview.text : preview.refusal;
    if (refusal) {
      return this.showGiftcardMessage(refusal);
    }
    const isSure = await ask(this.dialog, {
      title: _t("Undo the gift card?"),
      body: `${_t("The whole bill is given back.")}\n${preview.text}`,
      confirmLabel: _t("Undo"),
      cancelLabel: _t("Keep the bill"),
    });
    if (!isSure) {
      return undefined;
    }
    const done = await this.askAboutGiftcards(
      "giftcard_undo",
      order.id,
      this.session.id
    );
    if (done.problem) {
      return this.showGiftcardMessage(done.text);
    }
    await this.data.loadServerOrders([["id", "in", [order.id, done.order_id]]]);
    // the cashier counts the money out while reading it
    this.dialog.add(AlertDialog, {title: _t("Given back"), body: done.text});
    return done.order_id;
  },

  /**
   * Free what bills of this till still hold on cards.
   *
   * @param {number[]} ids of the holds
   * @returns {Promise<number[]>} those that hold nothing any more
   */
  async releaseAbandonedGiftcards(ids) {
    const response = await this.askAboutGiftcards(
      "giftcard_release_abandoned",
      this.session.id,
      ids
    );
    if (response.problem) {
      this.showGiftcardMessage(response.text);
      return [];
    }
    return response;
  },
});
