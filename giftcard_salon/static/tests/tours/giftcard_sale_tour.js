/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Offline from "@point_of_sale/../tests/generic_helpers/offline_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

/** Codes that `tests/test_tours_sale.py` gives to its cards. */
const PRINTED = "GC5555555555552HK9";

function click(selector) {
  return {trigger: `.modal:not(.o_inactive_modal) ${selector}`, run: "click"};
}

registry.category("web_tour.tours").add("giftcard_printed", {
  steps: () =>
    [
      Giftcard.start(),
      ProductScreen.clickDisplayedProduct("Gift card"),
      Giftcard.primaryIs("100.00"),
      // what is no card of ours is refused, and sells no new code by mistake
      Giftcard.scan("GC0000111122223333"),
      Giftcard.noticeIs("This card is not in this salon's stock."),
      Giftcard.primaryIsOff(),
      Giftcard.scan(PRINTED),
      Giftcard.noticeIs("Printed card ••2HK9 is ready to sell."),
      {trigger: '.o_giftcard_road:contains("Printed card ••2HK9")'},
      Giftcard.primaryIs("100.00"),
      // another one after all; a scanner types into the field that has the focus
      click(".o_giftcard_another"),
      Giftcard.primaryIsOff(),
      {trigger: "#giftcard_printed", run: "edit 5555"},
      Giftcard.primaryIs("Check the card"),
      {trigger: "#giftcard_recipient", run: `edit Emma${PRINTED}`},
      Giftcard.noticeIs("Printed card ••2HK9 is ready to sell."),
      Giftcard.run("the code is no name", () => {
        if (document.querySelector("#giftcard_recipient").value !== "Emma") {
          throw new Error("The code stays in the name.");
        }
      }),
      click(".o_giftcard_chips button:contains(Other)"),
      // an amount that nobody reads the same way, then one with a comma
      {trigger: ".o_giftcard_other", run: "edit 1,234"},
      {trigger: '.modal:contains("can be misread")'},
      Giftcard.primaryIsOff(),
      {trigger: ".o_giftcard_other", run: "edit 65,50"},
      Giftcard.clickPrimary("65.50"),
      {trigger: '.order-container .orderline:contains("Printed card ••2HK9")'},
      {trigger: '.order-container .orderline:contains("For Emma")'},
      // the same card for a second line
      ProductScreen.clickDisplayedProduct("Gift card"),
      Giftcard.primaryIs("100.00"),
      Giftcard.scan(PRINTED),
      Giftcard.noticeIs("on a bill of this till already"),
      Giftcard.primaryIsOff(),
      // a card of a client: money is added to it
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.titleIs("Add money to card ••WD3P"),
      Giftcard.noticeIs("The amount is added to it."),
      click(".o_giftcard_chips button:contains(50)"),
      {trigger: '.modal .o_giftcard_after:contains("150.00")'},
      Giftcard.clickPrimary("50.00"),
      {trigger: '.order-container .orderline:contains("Added to card ••WD3P")'},
      ProductScreen.totalAmountIs("115.50"),
      ProductScreen.clickPayButton(),
      PaymentScreen.clickPaymentMethod("Cash"),
      Offline.setOfflineMode(),
      PaymentScreen.clickValidate(),
      Giftcard.alertIs("Adding money to a gift card needs the network."),
      Offline.setOnlineMode(),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      Giftcard.receiptHas(".o_giftcard_slip:eq(0)", "Printed card ••2HK9"),
      Giftcard.receiptHas(".o_giftcard_slip:eq(1)", "Added to card ••WD3P"),
      Giftcard.receiptHas(".o_giftcard_slip:eq(1)", "150.00"),
      Giftcard.run("no code is printed", () => {
        if (document.querySelector(".o_giftcard_full, .o_giftcard_qr")) {
          throw new Error("A code is on the receipt.");
        }
      }),
      ReceiptScreen.clickNextOrder(),
    ].flat(2),
});

registry.category("web_tour.tours").add("giftcard_tips", {
  steps: () =>
    [
      Giftcard.start("Cut"),
      Giftcard.run("the client gives a tip", () => posmodel.setTip(10)),
      // the card that pays no tips leaves the tip, and says so
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.primaryIs("Use $ 48.00"),
      Giftcard.noticeIs("This card does not pay tips."),
      Giftcard.press("Enter"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "48.00", "52.00"),
      PaymentScreen.remainingIs("10.00"),
      Giftcard.tender(),
      Giftcard.typeCode(Giftcard.FIFTY),
      Giftcard.clickPrimary("Use $ 10.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("M4RX", "10.00", "40.00"),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      ReceiptScreen.clickNextOrder(),
    ].flat(2),
});
