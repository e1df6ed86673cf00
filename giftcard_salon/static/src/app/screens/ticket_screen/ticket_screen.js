import {TicketScreen} from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import {patch} from "@web/core/utils/patch";

patch(TicketScreen.prototype, {
  /** Override of `point_of_sale`: lines of one use of a card go back together. */
  _onUpdateSelectedOrderline() {
    const line = this.giftcardSelectedLine;
    if (line?.isGiftcardTenderBonus) {
      // it goes back with what goes back on the card
      this.numberBuffer.reset();
      return;
    }
    super._onUpdateSelectedOrderline(...arguments);
    if (line?.giftcard_role) {
      const {qty} = this.getToRefundDetail(line);
      for (const partner of line.giftcardPartners) {
        if (!partner.isGiftcardTenderBonus) {
          this.getToRefundDetail(partner).qty = qty;
        }
      }
    }
  },

  get giftcardSelectedLine() {
    const id = this.getSelectedOrder() && this.getSelectedOrderlineId();
    return this.getSelectedOrder()?.lines.find((line) => line.id === id);
  },

  /** Override of `point_of_sale`: a refund has the amounts of what it gives back. */
  postRefund(order) {
    super.postRefund(...arguments);
    const lines = order.lines.filter(
      (line) => line.refunded_orderline_id?.giftcard_role
    );
    for (const line of lines) {
      line.refundGiftcardForced(line.refunded_orderline_id);
    }
    if (lines.length) {
      order.triggerRecomputeAllPrices();
    }
  },
});
