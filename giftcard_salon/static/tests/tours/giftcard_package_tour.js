/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import {refresh} from "@point_of_sale/../tests/generic_helpers/utils";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

const SLIP = "giftcard_package_slip";

/** The client comes back with the slip that is shown, also after the till is reloaded. */
function keepTheSlip() {
  return Giftcard.run("keep the slip", () => {
    const code = document.querySelector(".o_giftcard_slip .o_giftcard_full");
    sessionStorage.setItem(SLIP, code.textContent.replace(/\s/g, ""));
  });
}

function scanTheSlip() {
  return Giftcard.run("scan the slip", () =>
    Giftcard.scan(sessionStorage.getItem(SLIP)).run()
  );
}

const pair = (amount) =>
  `.o_giftcard_deduction:contains("−"):contains("${amount.replace("-", "")}")`;

function deductionsAre(count, amount) {
  return {
    content: `the card pays ${amount} ${count} times`,
    trigger: `.payment-screen:has(${pair(amount)}):not(:has(.o_giftcard_deduction:eq(${count})))`,
  };
}

/** The pairs of the bill are zero together, and as the server made them. */
function deductionsHold(expected) {
  return Giftcard.run(`pairs are ${expected}`, () => {
    const {lines} = posmodel.getOrder();
    const found = lines
      .filter((line) => line.giftcard_deduction_key)
      .map(
        (line) => `${line.giftcard_role} ${(line.qty * line.price_unit).toFixed(2)}`
      );
    if (found.join() !== expected.join()) {
      throw new Error(`pairs are ${found}`);
    }
    const broken = lines.filter(
      (line) => line.isGiftcardFixed && !line.isGiftcardIntact
    );
    if (broken.length) {
      throw new Error("the server would not take the pairs");
    }
  });
}

registry.category("web_tour.tours").add("giftcard_package", {
  steps: () =>
    [
      Giftcard.start(),
      // tile, Enter: on the bill
      ProductScreen.clickDisplayedProduct("Day package"),
      {trigger: '.o_giftcard_quote li:contains("2 × Massage"):contains("120.00")'},
      {trigger: '.o_giftcard_quote li:contains("Tip"):contains("5.00")'},
      Giftcard.primaryIs("$ 155.00"),
      Giftcard.press("Enter"),
      Giftcard.noDialog(),
      ProductScreen.totalAmountIs("155.00"),
      ProductScreen.clickPayButton(),
      Giftcard.payRestInCash(),
      Giftcard.receiptHas(".o_giftcard_law", "single-purpose"),
      keepTheSlip(),
      ReceiptScreen.clickNextOrder(),
      // what the card names, less one row; the rest is paid as usual
      ["Massage", "Massage", "Lunch", "Honey"].map((name) =>
        ProductScreen.clickDisplayedProduct(name)
      ),
      ProductScreen.clickPayButton(),
      scanTheSlip(),
      {trigger: '.o_giftcard_used:contains("2 × Massage, 1 × Lunch")'},
      {trigger: '.o_giftcard_redemptions label:contains("Lunch") input', run: "click"},
      {
        trigger:
          '.o_giftcard_entitlement_rows tr:contains("Massage"):contains("0 of 2")',
      },
      {trigger: '.o_giftcard_entitlement_rows tr:contains("Lunch"):contains("1 of 1")'},
      Giftcard.clickPrimary("Use 2 × Massage"),
      Giftcard.noDialog(),
      deductionsAre(2, "-60.00"),
      PaymentScreen.emptyPaymentlines("40.00"),
      // one of them undone
      {trigger: `${pair("-60.00")}:last .delete-button`, run: "click"},
      Giftcard.toldThat("is free again"),
      deductionsAre(1, "-60.00"),
      PaymentScreen.emptyPaymentlines("100.00"),
      deductionsHold(["item 60.00", "deduction -60.00"]),
      Giftcard.run(
        "wait for the till to note it",
        () => new Promise((resolve) => setTimeout(resolve, 1000))
      ),
      refresh(),
      {trigger: ".pos .payment-screen"},
      deductionsAre(1, "-60.00"),
      // nobody edits half of a pair
      PaymentScreen.clickBack(),
      {trigger: '.orderline:contains("Service card")', run: "click"},
      ProductScreen.clickNumpad("5"),
      Giftcard.alertIs("A gift card is used here."),
      ProductScreen.clickPayButton(),
      Giftcard.payRestInCash(),
      Giftcard.receiptHas(".orderline", "VAT charged on receipt"),
      Giftcard.receiptHas(".o_giftcard_entitlements", "1 × Massage"),
      Giftcard.receiptHas(".o_giftcard_entitlements", "Massage 1 of 2"),
      ReceiptScreen.clickNextOrder(),
      // the item goes back, and its deduction with it
      Chrome.clickOrders(),
      TicketScreen.selectFilter("Paid"),
      TicketScreen.selectOrder("100.00"),
      {trigger: '.ticket-screen .orderline:contains("Service card")', run: "click"},
      ProductScreen.clickNumpad("1"),
      TicketScreen.confirmRefund(),
      PaymentScreen.isShown(),
      deductionsHold(["deduction 60.00", "item -60.00"]),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      Giftcard.receiptHas(".o_giftcard_entitlements", "Massage 2 of 2"),
      ReceiptScreen.clickNextOrder(),
      // C38: nothing of the bill is of the card's taxes
      ProductScreen.clickDisplayedProduct("Honey"),
      ProductScreen.clickPayButton(),
      scanTheSlip(),
      Giftcard.noticeIs("This card is for Massage, Lunch, Tip"),
      Giftcard.clickPrimary("Change it and use $ 10.00"),
      Giftcard.noDialog(),
      PaymentScreen.remainingIs("0.00"),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      Giftcard.receiptHas(".orderline", "Changed into gift card"),
      Giftcard.receiptHas(".o_giftcard_redemption_remaining", "145.00"),
      ReceiptScreen.clickNextOrder(),
    ]
      .flat(2)
      // a long way on a busy machine
      .map((step) => ({timeout: 60000, ...step})),
});
