/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {patch} from "@web/core/utils/patch";

/**
 * Paid bills with gift cards that do not arrive when they are sent.
 *
 * Odoo sends a bill once and takes it for sent, arrived or not; what the server
 * refuses in the background it says to nobody. Such a bill is sent again, and the
 * cashier is told why it was refused and can let the client pay another way.
 */
const refusals = new Map();
const notices = new Map();

function sentenceOf(error) {
  return error.exceptionName?.startsWith("odoo.exceptions")
    ? error.data.message
    : _t("The server could not save it.");
}

/** Remember why bills were refused: what is sent in the background says it to nobody. */
export function noteRefusedBills(bills, error) {
  bills.forEach((bill) => refusals.set(bill.uuid, sentenceOf(error)));
}

patch(PosStore.prototype, {
  /** Override of `point_of_sale`: what does not arrive is sent again, and said. */
  async syncAllOrders(options = {}) {
    refusals.clear();
    try {
      return await super.syncAllOrders(...arguments);
    } finally {
      const waiting = this.getUnsentGiftcardBills();
      waiting.forEach((order) => order._markDirty());
      if (!options.throw) {
        this.tellRefusedBills(waiting);
      }
    }
  },

  /** Override of `point_of_sale`: a till is not closed over a bill it still has. */
  async pushOrdersWithClosingPopup() {
    const isDone = await super.pushOrdersWithClosingPopup(...arguments);
    const unsent = this.getUnsentGiftcardBills();
    const silent = unsent.find((order) => !refusals.has(order.uuid));
    if (isDone && silent) {
      this.showGiftcardMessage(
        _t(
          "Bill %s is paid, but not saved yet: there is no connection. Try again when it is back.",
          silent.pos_reference
        )
      );
    }
    return isDone && !unsent.length;
  },

  getUnsentGiftcardBills() {
    const {create, write} = this.pendingOrder;
    return this.models["pos.order"].filter(
      (order) =>
        order.finalized &&
        (create.has(order.id) || write.has(order.id)) &&
        (order.getGiftcardSales().length ||
          order.lines.some((line) => line.giftcard_role) ||
          order.payment_ids.some((line) => line.isGiftcard))
    );
  },

  tellRefusedBills(waiting) {
    for (const [uuid, close] of notices) {
      if (refusals.has(uuid) || !waiting.some((order) => order.uuid === uuid)) {
        close();
        notices.delete(uuid);
      }
    }
    for (const order of waiting.filter(({uuid}) => refusals.has(uuid))) {
      notices.set(order.uuid, this.tellRefusedBill(order, refusals.get(order.uuid)));
    }
  },

  tellRefusedBill(order, reason) {
    const sentence = _t("Bill %(bill)s is paid, but not saved. %(reason)s", {
      bill: order.pos_reference,
      reason,
    });
    const close = this.notification.add(sentence, {
      type: "danger",
      sticky: true,
      buttons: [
        {
          name: _t("Open the bill"),
          primary: true,
          onClick: () => {
            close();
            this.openRefusedBill(order);
          },
        },
      ],
    });
    return close;
  },

  /** As after a refusal on the payment screen: the bill can be paid another way. */
  openRefusedBill(order) {
    if (order.finalized) {
      order.state = "draft";
      this.setOrder(order);
      this.navigate("PaymentScreen", {orderUuid: order.uuid});
    }
  },
});
