import {_t} from "@web/core/l10n/translation";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {ask} from "@point_of_sale/app/utils/make_awaitable_dialog";
import {patch} from "@web/core/utils/patch";

/** What the till does with the right of the gift card desk. */
patch(PosStore.prototype, {
  get isGiftcardDesk() {
    return Boolean(this.user?.raw.giftcard_care && this.giftcardMethods.length);
  },

  /** Whether this bill was paid by gift card, so that its use can be undone. */
  canUndoGiftcard(order) {
    return Boolean(
      this.isGiftcardDesk &&
        order?.finalized &&
        order.isSynced &&
        (order.getGiftcardUses().length || order.getGiftcardDeductions().length)
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
      return this.sayAboutGiftcard(refusal);
    }
    const isSure = await ask(this.dialog, {
      title: _t("Undo the gift card?"),
      body: `${_t("The whole bill is given back.")} ${preview.text}`,
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
      return this.sayAboutGiftcard(done.text);
    }
    await this.data.loadServerOrders([["id", "in", [order.id, done.order_id]]]);
    this.notification.add(done.text, {type: "success"});
    return done.order_id;
  },

  /**
   * Free what bills of this till still hold on cards.
   *
   * @param {string[]} keys of the holds
   * @returns {Promise<string[]>} those that hold nothing any more
   */
  async releaseGiftcardsLeft(keys) {
    const answer = await this.askAboutGiftcards(
      "giftcard_release_left",
      this.session.id,
      keys
    );
    if (answer.problem) {
      this.sayAboutGiftcard(answer.text);
      return [];
    }
    return answer;
  },
});
