/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {FeedbackScreen} from "@point_of_sale/app/screens/feedback_screen/feedback_screen";
import {patch} from "@web/core/utils/patch";
import {onWillUnmount} from "@odoo/owl";
import {forgetSoldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";

patch(FeedbackScreen.prototype, {
  setup() {
    super.setup(...arguments);
    const order = this.currentOrder;
    onWillUnmount(() => forgetSoldCodes(order));
  },

  /** Override of `point_of_sale`: what the server refused goes back to be paid. */
  goNext() {
    const order = this.currentOrder;
    const isRefused = order && !order.finalized;
    if (
      isRefused &&
      (order.getGiftcardRedemptions().length ||
        order.getGiftcardSales().length ||
        order.getGiftcardDeductions().length)
    ) {
      this.pos.navigate("PaymentScreen", {orderUuid: order.uuid});
    } else {
      super.goNext(...arguments);
    }
  },
});
