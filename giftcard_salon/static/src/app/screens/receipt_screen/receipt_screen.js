import {ReceiptScreen} from "@point_of_sale/app/screens/receipt_screen/receipt_screen";
import {patch} from "@web/core/utils/patch";
import {onWillUnmount} from "@odoo/owl";
import {forgetSoldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";

patch(ReceiptScreen.prototype, {
  setup() {
    super.setup(...arguments);
    const order = this.currentOrder;
    onWillUnmount(() => forgetSoldCodes(order));
  },
});
