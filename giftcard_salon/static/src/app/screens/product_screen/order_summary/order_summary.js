/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {OrderSummary} from "@point_of_sale/app/screens/product_screen/order_summary/order_summary";
import {patch} from "@web/core/utils/patch";

patch(OrderSummary.prototype, {
  /** Override of `point_of_sale`: a card's line can go, but not change here. */
  async updateSelectedOrderline({key}) {
    const line = this.pos.getOrder().getSelectedOrderline();
    if (!line?.isGiftcardSale && !line?.isGiftcardFixed) {
      return super.updateSelectedOrderline(...arguments);
    }
    this.numberBuffer.reset();
    if (["Backspace", "Delete"].includes(key) && !line.isGiftcardBonus) {
      this.currentOrder.removeOrderline(line);
    } else {
      this.dialog.add(
        AlertDialog,
        line.isGiftcardSale ? line.giftcardLock : line.giftcardFixedLock
      );
    }
  },

  async onOrderlineLongPress(event, line) {
    if (line.isGiftcardFixed && !line.isGiftcardSale) {
      return false;
    }
    return line.isGiftcardSale
      ? this.pos.editGiftcard(line)
      : super.onOrderlineLongPress(...arguments);
  },
});
