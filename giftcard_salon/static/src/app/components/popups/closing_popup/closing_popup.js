/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {ClosePosPopup} from "@point_of_sale/app/components/popups/closing_popup/closing_popup";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {patch} from "@web/core/utils/patch";
import {onMounted, useState} from "@odoo/owl";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";

ClosePosPopup.props = [
  ...ClosePosPopup.props,
  "giftcard_holds?",
  "giftcard_can_release?",
  "giftcard_sold?",
  "giftcard_redeemed?",
  "giftcard_total?",
];

patch(ClosePosPopup.prototype, {
  setup() {
    super.setup(...arguments);
    this.giftcards = useState({holds: this.props.giftcard_holds || [], busy: false});
    onMounted(() => this.leaveGiftcardButtons());
  },

  /** The cards that bills of this till still hold, as the cashier reads them. */
  get giftcardHolds() {
    return this.giftcards.holds.map((hold) => ({
      id: hold.id,
      name: maskedCode(hold.last4),
      amount: this.env.utils.formatCurrency(hold.amount),
      bill: this.giftcardOrder(hold)?.getName() || hold.bill,
      order: this.giftcardOrder(hold),
      since: deserializeDateTime(hold.since).toLocaleString(
        luxon.DateTime.DATETIME_MED
      ),
    }));
  },

  giftcardOrder({key}) {
    const orders = this.pos.models["pos.order"].getAll();
    return orders.find((order) => order.uuid === key && !order.finalized);
  },

  /** The first button of the dialog frees a card: Enter must not press it. */
  leaveGiftcardButtons() {
    const {activeElement} = document;
    const dialog =
      activeElement?.closest(".giftcard-holds") && activeElement.closest(".modal");
    dialog?.focus({preventScroll: true});
  },

  openGiftcardBill(order) {
    this.props.close();
    this.pos.setOrder(order);
    this.pos.navigate("PaymentScreen", {orderUuid: order.uuid});
  },

  async releaseGiftcards(ids) {
    this.giftcards.busy = true;
    const released = await this.pos.releaseAbandonedGiftcards(ids);
    this.giftcards.holds = this.giftcards.holds.filter(
      (hold) => !released.includes(hold.id)
    );
    this.giftcards.busy = false;
  },
});
