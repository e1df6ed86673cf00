/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {TicketScreen} from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import {patch} from "@web/core/utils/patch";
import {useKeptFocus} from "@giftcard_salon/app/giftcard/focus";

patch(TicketScreen.prototype, {
  setup() {
    super.setup(...arguments);
    useKeptFocus();
  },

  /** Override of `point_of_sale`: what belongs to one card goes back together. */
  _onUpdateSelectedOrderline() {
    const line = this.giftcardSelectedLine;
    if (line?.isGiftcardTenderBonus || line?.isGiftcardConversion) {
      // a bonus goes back with what goes back on the card, a change not at all
      this.numberBuffer.reset();
      return;
    }
    super._onUpdateSelectedOrderline(...arguments);
    for (const other of this.giftcardLinesThatGoWith(line)) {
      this.getToRefundDetail(other).qty = this.getToRefundDetail(line).qty;
    }
  },

  /** Lines of the same use go back together, and a card that was sold goes back whole. */
  giftcardLinesThatGoWith(line) {
    const ofRedemption = line?.giftcard_role
      ? line.giftcardPartners.filter((partner) => !partner.isGiftcardTenderBonus)
      : [];
    return line?.isGiftcardEntitlementSale
      ? [...ofRedemption, ...line.giftcardSaleLines]
      : ofRedemption;
  },

  get giftcardSelectedLine() {
    const id = this.getSelectedOrder() && this.getSelectedOrderlineId();
    return this.getSelectedOrder()?.lines.find((line) => line.id === id);
  },

  /** Override of `point_of_sale` to learn what is left of the cards given back. */
  async addAdditionalRefundInfo(order, refund) {
    await super.addAdditionalRefundInfo(...arguments);
    this.giftcardRemaining = await this.pos.askGiftcardRemaining(refund);
  },

  /** Override of `point_of_sale`: a refund has the amounts of what it gives back. */
  postRefund(order) {
    super.postRefund(...arguments);
    const lines = order.lines.filter(
      (line) => line.refunded_orderline_id?.giftcard_role
    );
    for (const line of lines) {
      line.refundGiftcardFixed(line.refunded_orderline_id);
    }
    if (lines.length) {
      order.triggerRecomputeAllPrices();
    }
    order.lines.forEach((line) => this.nameGiftcardOfRefund(line));
    this.pos.fitGiftcardRefund(order, this.giftcardRemaining || {});
  },

  nameGiftcardOfRefund(line) {
    const {last4, name, kind, is_unit} =
      line.refunded_orderline_id?.giftcard_summary || {};
    if (line.giftcard_role && last4) {
      // what is left then, the server says with the paid bill
      line.update({giftcard_summary: {last4, name, kind, is_unit}});
      line.setFullProductName();
    }
  },
});
