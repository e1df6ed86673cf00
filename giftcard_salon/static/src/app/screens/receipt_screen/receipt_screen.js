/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {MailedReceipt} from "@giftcard_salon/app/screens/receipt_screen/receipt/order_receipt";
import {OrderReceipt} from "@point_of_sale/app/screens/receipt_screen/receipt/order_receipt";
import {ReceiptScreen} from "@point_of_sale/app/screens/receipt_screen/receipt_screen";
import {patch} from "@web/core/utils/patch";
import {onWillUnmount, useState} from "@odoo/owl";
import {useKeptFocus} from "@giftcard_salon/app/giftcard/focus";
import {forgetSoldCodes, soldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";

/** The renderer of what is sent by e-mail: without codes. Printing has its own. */
function mailRenderer(renderer) {
  const toJpeg = (component, ...options) =>
    renderer.toJpeg(component === OrderReceipt ? MailedReceipt : component, ...options);
  return {...renderer, toJpeg};
}

patch(ReceiptScreen.prototype, {
  setup() {
    super.setup(...arguments);
    const order = this.currentOrder;
    onWillUnmount(() => forgetSoldCodes(order));
    this.renderer = mailRenderer(this.renderer);
    useKeptFocus();
    this.giftcardCodes = useState(soldCodes);
  },

  /** Cards that were sold now and whose codes can be printed. */
  get giftcardSlipCount() {
    const sold = this.currentOrder.getGiftcardsSold();
    return sold.filter((line) => this.giftcardCodes.has(line.uuid)).length;
  },
});
