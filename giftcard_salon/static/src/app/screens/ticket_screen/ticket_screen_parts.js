import {TicketScreen} from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import {patch} from "@web/core/utils/patch";
// first the amounts of the lines that are refunded, then what is left of sold cards
import "@giftcard_salon/app/screens/ticket_screen/ticket_screen";

patch(TicketScreen.prototype, {
  /** Override of `point_of_sale`: a card goes back whole, a changed one not at all. */
  _onUpdateSelectedOrderline() {
    const line = this.giftcardSelectedLine;
    if (line?.isGiftcardChange) {
      this.numberBuffer.reset();
      return;
    }
    super._onUpdateSelectedOrderline(...arguments);
    if (line?.isGiftcardPart) {
      const {qty} = this.getToRefundDetail(line);
      for (const other of line.giftcardSaleLines) {
        this.getToRefundDetail(other).qty = qty;
      }
    }
  },

  /** Override of `point_of_sale` to learn what is left of the cards given back. */
  async addAdditionalRefundInfo(order, refund) {
    await super.addAdditionalRefundInfo(...arguments);
    this.giftcardRests = await this.pos.askGiftcardRests(refund);
  },

  postRefund(order) {
    super.postRefund(...arguments);
    for (const line of order.lines) {
      const {last4, name, kind, is_unit} =
        line.refunded_orderline_id?.giftcard_facts || {};
      if (line.giftcard_role && last4) {
        // what is left then, the server says with the paid bill
        line.update({giftcard_facts: {last4, name, kind, is_unit}});
        line.setFullProductName();
      }
    }
    this.pos.fitGiftcardRefund(order, this.giftcardRests || {});
  },
});
