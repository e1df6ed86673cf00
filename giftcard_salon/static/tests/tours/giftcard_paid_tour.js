/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Numpad from "@point_of_sale/../tests/generic_helpers/numpad_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

// yesterday a card paid 48.00, and the service was exchanged for another one
registry.category("web_tour.tours").add("giftcard_exchange_refund", {
  steps: () =>
    [
      Giftcard.start(),
      Chrome.clickOrders(),
      TicketScreen.selectFilter("Paid"),
      TicketScreen.selectOrder("$ 0.00"),
      {
        content: "the new service",
        trigger: ".ticket-screen .orderline:contains('Polish'):contains('48.00')",
        run: "click",
      },
      Numpad.click("1"),
      {trigger: ".ticket-screen .orderline:contains('To Refund')"},
      TicketScreen.confirmRefund(),
      PaymentScreen.isShown(),
      PaymentScreen.clickPaymentMethod("Cash"),
      PaymentScreen.validateButtonIsHighlighted(),
      PaymentScreen.clickValidate(),
      {
        content: "the card it has to go back to is named",
        trigger:
          ".modal:contains('WD3P'):contains('48.00'):contains('has to go back to it')",
      },
      Dialog.confirm(),
      PaymentScreen.clickPaymentlineDelButton("Cash", "-48.00"),
      Giftcard.tender(),
      Giftcard.lineIs("WD3P", "-48.00"),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      Giftcard.receiptHas(
        ".o_giftcard_redemption .o_giftcard_redemption_remaining",
        "100.00"
      ),
    ].flat(2),
});

registry.category("web_tour.tours").add("giftcard_paid_by_phone", {
  steps: () =>
    [
      Giftcard.start(),
      ProductScreen.clickDisplayedProduct("Gift card"),
      Giftcard.clickPrimary("100.00"),
      ProductScreen.clickPayButton(),
      PaymentScreen.clickPaymentMethod("Phone"),
      // the line is there when the server has the bill
      PaymentScreen.selectedPaymentlineHas("Phone", "100.00"),
      PaymentScreen.validateButtonIsHighlighted(),
      PaymentScreen.clickValidate(),
      {trigger: ".modal:contains('Scan to Pay')"},
      Giftcard.run("the bank says it is paid, and the server tells the till", () =>
        posmodel.updateOnlinePaymentsDataWithServer(posmodel.getOrder(), false)
      ),
      ReceiptScreen.isShown(),
      Giftcard.receiptHas(".o_giftcard_slip", "100.00"),
      {trigger: ".receipt-screen .o_giftcard_full:contains('GC')"},
      {trigger: '.receipt-screen .o_giftcard_qr[src^="data:image/svg"]'},
      Giftcard.run("the code is kept nowhere", async () => {
        const code = document
          .querySelector(".o_giftcard_full")
          .textContent.replaceAll(" ", "");
        const kept = JSON.stringify(await posmodel.data.indexedDB.readAll());
        if (kept.includes(code) || JSON.stringify(localStorage).includes(code)) {
          throw new Error("The code is kept in the browser.");
        }
      }),
    ].flat(2),
});
