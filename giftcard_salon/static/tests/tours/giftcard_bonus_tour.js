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

function bonusIs(last4, text) {
  return {
    content: `the bonus of card ${last4} is ${text}`,
    trigger: `.o_giftcard_payment:contains("••${last4}") .o_giftcard_line_bonus:contains("${text}")`,
  };
}

/** The discount lines of the bill, in their order, and that its totals are the engine's. */
function discountsAre(...expected) {
  return Giftcard.run(`discounts are ${expected}`, () => {
    const order = posmodel.getOrder();
    const lines = order.lines.filter((line) => line.isGiftcardBonus);
    const found = lines.map((line) => line.priceIncl.toFixed(2));
    if (found.join() !== expected.join()) {
      throw new Error(`discounts are ${found}`);
    }
    if (!lines.every((line) => line.isGiftcardIntact)) {
      throw new Error("the server would not take the discounts");
    }
  });
}

registry.category("web_tour.tours").add("giftcard_bonus_tip", {
  steps: () =>
    [
      Giftcard.start("Ritual"),
      Giftcard.run("add a tip", () => posmodel.setTip(6)),
      PaymentScreen.emptyPaymentlines("66.00"),
      // the bonus lowers the service, the tip is paid in full
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 66.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "60.00", "44.00"),
      discountsAre("-6.00"),
      PaymentScreen.remainingIs("0.00"),
      Giftcard.undo("WD3P"),
      PaymentScreen.emptyPaymentlines("66.00"),
      // of a card that nobody paid for no more is offered than what it may lower
      Giftcard.scan(Giftcard.FIFTY),
      {trigger: '.modal:contains("never a tip"):contains("$ 6.00 of this bill")'},
      Giftcard.clickPrimary("Use $ 60.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("M4RX", "0.00", "10.00"),
      discountsAre("-60.00"),
      PaymentScreen.remainingIs("6.00"),
      // and of a tip alone nothing
      Giftcard.scan(Giftcard.HUNDRED),
      {trigger: '.modal:contains("lowers what is sold, never a tip")'},
      Giftcard.clickPrimary("Back to payment"),
      Giftcard.noDialog(),
      Giftcard.payRestInCash(),
      ReceiptScreen.isShown(),
    ]
      .flat(2)
      .map((step) => ({timeout: 60000, ...step})),
});

registry.category("web_tour.tours").add("giftcard_bonus", {
  steps: () =>
    [
      Giftcard.start(),
      // a card that is worth more than it costs
      ProductScreen.clickDisplayedProduct("Gift card"),
      {trigger: '.o_giftcard_sell button:contains("$ 100 → $ 120")', run: "click"},
      {trigger: '.o_giftcard_worth:contains("The card is worth $ 120.00")'},
      Giftcard.clickPrimary("$ 100.00"),
      {trigger: '.orderline:contains("Worth $ 120.00")'},
      ProductScreen.totalAmountIs("100.00"),
      ProductScreen.clickPayButton(),
      Giftcard.payRestInCash(),
      Giftcard.receiptHas(".o_giftcard_slip", "$ 120.00"),
      ReceiptScreen.clickNextOrder(),
      // C23
      ["Massage", "Tea", "Honey"].map((name) =>
        ProductScreen.clickDisplayedProduct(name)
      ),
      ProductScreen.clickPayButton(),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 80.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "66.67", "40.00"),
      bonusIs("WD3P", "$ 80.00 used, $ 13.33 of it bonus"),
      discountsAre("-8.33", "-3.33", "-1.67"),
      PaymentScreen.remainingIs("0.00"),
      // less by card, the rest in cash; more by card takes from the cash again
      Giftcard.changeAmount("WD3P"),
      Giftcard.clickDigits("30"),
      Giftcard.clickPrimary("Use $ 30.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "25.00", "90.00"),
      discountsAre("-3.12", "-1.25", "-0.63"),
      PaymentScreen.clickPaymentMethod("Cash", true, {
        remaining: "0.00",
        amount: "50.00",
      }),
      Giftcard.changeAmount("WD3P"),
      Giftcard.clickDigits("60"),
      Giftcard.clickPrimary("Use $ 60.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "50.00", "60.00"),
      PaymentScreen.remainingIs("0.00"),
      {trigger: '.paymentline:contains("Cash"):contains("20.00")'},
      Giftcard.changeAmount("WD3P"),
      Giftcard.clickDigits("80"),
      Giftcard.clickPrimary("Use $ 80.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "66.67", "40.00"),
      {trigger: '.paymentlines:not(:contains("Cash"))'},
      discountsAre("-8.33", "-3.33", "-1.67"),
      // another item: the split follows the bill, what was fixed as a sum does not
      PaymentScreen.clickBack(),
      ProductScreen.clickDisplayedProduct("Oil"),
      // nobody edits a discount of the card
      {trigger: '.orderline:contains("Bonus of card ••WD3P"):eq(0)', run: "click"},
      ProductScreen.clickNumpad("5"),
      Giftcard.alertIs("A gift card is used here."),
      ProductScreen.clickPayButton(),
      PaymentScreen.remainingIs("10.05"),
      Giftcard.run("the split has followed", async () => {
        const order = posmodel.getOrder();
        const [use] = order.getGiftcardRedemptions();
        for (let tries = 0; !order.isGiftcardBonusFit(use); tries++) {
          if (tries > 50) {
            throw new Error("the split does not fit the bill");
          }
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }),
      discountsAre("-7.40", "-2.96", "-2.97"),
      Giftcard.lineIs("WD3P", "66.67", "40.00"),
      // undone as a whole
      Giftcard.undo("WD3P"),
      Giftcard.toldThat("Card ••WD3P is free again: $ 120.00."),
      discountsAre(),
      PaymentScreen.emptyPaymentlines("90.05"),
      // a card nobody paid for pays 0.00, the other one the rest
      Giftcard.scan(Giftcard.FIFTY),
      Giftcard.clickPrimary("Use $ 20.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("M4RX", "0.00", "0.00"),
      PaymentScreen.remainingIs("70.05"),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 70.05"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "58.38", "49.95"),
      PaymentScreen.remainingIs("0.00"),
      Giftcard.run(
        "wait for the till to note it",
        () => new Promise((resolve) => setTimeout(resolve, 1000))
      ),
      refresh(),
      {trigger: ".pos .payment-screen"},
      Giftcard.lineIs("WD3P", "58.38", "49.95"),
      Giftcard.lineIs("M4RX", "0.00", "0.00"),
      PaymentScreen.remainingIs("0.00"),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      Giftcard.receiptHas(".orderline", "Bonus of card ••WD3P"),
      Giftcard.receiptHas(".o_giftcard_redemption:contains(••WD3P)", "120.00"),
      Giftcard.receiptHas(
        ".o_giftcard_redemption:contains(••WD3P) .o_giftcard_redemption_bonus",
        "11.67"
      ),
      Giftcard.receiptHas(
        ".o_giftcard_redemption:contains(••M4RX) .o_giftcard_redemption_bonus",
        "20.00"
      ),
      ReceiptScreen.clickNextOrder(),
      // the massage goes back, and with it what the cards gave for it
      Chrome.clickOrders(),
      TicketScreen.selectFilter("Paid"),
      TicketScreen.selectOrder("58.38"),
      {trigger: '.ticket-screen .orderline:contains("Massage")', run: "click"},
      ProductScreen.clickNumpad("1"),
      TicketScreen.toRefundTextContains("To Refund: 1"),
      TicketScreen.confirmRefund(),
      PaymentScreen.isShown(),
      Giftcard.lineIs("M4RX", "0.00"),
      Giftcard.lineIs("WD3P", "-24.99"),
      PaymentScreen.remainingIs("0.00"),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      Giftcard.receiptHas(".o_giftcard_redemption", "Back on the card"),
      ReceiptScreen.clickNextOrder(),
    ]
      .flat(2)
      // a long way on a busy machine
      .map((step) => ({timeout: 60000, ...step})),
});
