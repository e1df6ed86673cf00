/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as NumberPopup from "@point_of_sale/../tests/generic_helpers/number_popup_util";
import * as SelectionPopup from "@point_of_sale/../tests/generic_helpers/selection_popup_util";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

/** What is on the bill: its lines, and in all. */
function billIs(total, ...expected) {
  return Giftcard.run(`the bill is ${expected}`, async () => {
    const order = posmodel.getOrder();
    const found = () => order.lines.map((line) => line.priceIncl.toFixed(2)).sort();
    // other apps change their lines a moment after ours
    for (let tries = 0; found().join() !== [...expected].sort().join(); tries++) {
      if (tries > 100) {
        throw new Error(`the bill is ${found()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (order.priceIncl.toFixed(2) !== total) {
      throw new Error(`the bill comes to ${order.priceIncl}`);
    }
  });
}

function useHalf(total) {
  return [
    ProductScreen.clickPayButton(),
    Giftcard.scan(Giftcard.HUNDRED),
    Giftcard.clickDigits("55"),
    Giftcard.clickPrimary("Use $ 55.00"),
    Giftcard.noDialog(),
    PaymentScreen.remainingIs(total),
  ];
}

const tenPercent = Giftcard.run("10 % off the bill", () => posmodel.applyDiscount(10));
const tip = Giftcard.run("add a tip", () => posmodel.setTip(10));

/** A bonus and a tip are in no discount's base, whatever the order of clicks. */
registry.category("web_tour.tours").add("giftcard_beside_discounts", {
  steps: () =>
    [
      Giftcard.start(),
      ProductScreen.clickDisplayedProduct("Ritual"),
      useHalf("55.00"),
      PaymentScreen.clickBack(),
      tenPercent,
      billIs("94.00", "110.00", "-5.00", "-11.00"),
      tip,
      billIs("104.00", "110.00", "-5.00", "-11.00", "10.00"),
      ProductScreen.clickPayButton(),
      PaymentScreen.remainingIs("54.00"),
      Giftcard.payRestInCash(),
      ReceiptScreen.clickNextOrder(),
      ProductScreen.clickDisplayedProduct("Ritual"),
      tip,
      tenPercent,
      billIs("109.00", "110.00", "-11.00", "10.00"),
      useHalf("54.00"),
      billIs("104.00", "110.00", "-5.00", "-11.00", "10.00"),
      Giftcard.payRestInCash(),
      ReceiptScreen.isShown(),
    ]
      .flat(3)
      .map((step) => ({timeout: 60000, ...step})),
});

/** The same with a promotion that applies by itself. */
registry.category("web_tour.tours").add("giftcard_beside_promotion", {
  steps: () =>
    [
      Giftcard.start(),
      ProductScreen.clickDisplayedProduct("Ritual"),
      billIs("99.00", "110.00", "-11.00"),
      tip,
      billIs("109.00", "110.00", "-11.00", "10.00"),
      useHalf("54.00"),
      billIs("104.00", "110.00", "-5.00", "-11.00", "10.00"),
      Giftcard.payRestInCash(),
      ReceiptScreen.isShown(),
    ]
      .flat(3)
      .map((step) => ({timeout: 60000, ...step})),
});

/** Only where those apps are: `tests/beside`. */
registry.category("web_tour.tours").add("giftcard_beside", {
  steps: () =>
    [
      // Anna stands at the till, in the browser of the manager
      {
        trigger: ".screen-login .btn.open-register-btn",
        timeout: 60000,
      },
      Chrome.startPoS(),
      {trigger: ".login-overlay .select-cashier", run: "click"},
      SelectionPopup.has("Anna", {run: "click"}),
      Dialog.confirm("Open Register"),
      // an order with a card on it stays at the desk
      ProductScreen.clickControlButton("Quotation/Order"),
      {
        trigger: ".modal:not(.o_inactive_modal) tr.o_data_row td:contains('Sofia')",
        run: "click",
      },
      {
        trigger: ".modal:contains('••WD3P is on order'):contains('use it at the till')",
      },
      Dialog.confirm(),
      // the reward is 10 % of the service, and nothing of the card
      ProductScreen.clickDisplayedProduct("Cut & blow-dry"),
      ProductScreen.clickDisplayedProduct("Gift card"),
      Giftcard.clickPrimary("100.00"),
      {trigger: '.order-container .orderline:contains("-4.80")'},
      ProductScreen.totalAmountIs("143.20"),
      ProductScreen.clickPayButton(),
      Giftcard.payRestInCash(),
      ReceiptScreen.clickNextOrder(),
      // a bill put together with another one scans its card again
      ProductScreen.clickDisplayedProduct("Cut & blow-dry"),
      ProductScreen.clickPayButton(),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 43.20"),
      Giftcard.noDialog(),
      PaymentScreen.clickBack(),
      Giftcard.run("put the bill together with an empty one", async () => {
        const source = posmodel.getOrder();
        await posmodel.mergeOrders(source, posmodel.addNewOrder());
      }),
      Giftcard.alertIs("Scan again what paid on the other one: ••WD3P."),
      ProductScreen.clickPayButton(),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 43.20"),
      Giftcard.noDialog(),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      ReceiptScreen.clickNextOrder(),
      // what a card paid leaves another way with the PIN of the manager only
      Chrome.clickOrders(),
      TicketScreen.selectFilter("Paid"),
      TicketScreen.selectOrder("43.20"),
      ProductScreen.clickNumpad("1"),
      TicketScreen.confirmRefund(),
      PaymentScreen.clickPaymentMethod("Cash"),
      PaymentScreen.validateButtonIsHighlighted(),
      PaymentScreen.clickValidate(),
      {trigger: ".modal:not(.o_inactive_modal) .modal-title:contains('PIN of Chief')"},
      NumberPopup.enterValue("7412"),
      NumberPopup.isShown("••••"),
      Dialog.confirm(),
      ReceiptScreen.isShown(),
      ReceiptScreen.clickNextOrder(),
      // a blocked card pays again when a manager says so, with the PIN
      ProductScreen.clickDisplayedProduct("Cut & blow-dry"),
      ProductScreen.clickPayButton(),
      Giftcard.scan(Giftcard.BLOCKED),
      Giftcard.noticeIs("This card is blocked."),
      {trigger: ".o_giftcard_ask_manager", run: "click"},
      {trigger: ".modal:not(.o_inactive_modal) .modal-title:contains('PIN of Chief')"},
      NumberPopup.enterValue("7412"),
      NumberPopup.isShown("••••"),
      Dialog.confirm(),
      Giftcard.clickPrimary("Use $ 43.20"),
      Giftcard.noDialog(),
      Giftcard.lineIs("8XBK", "43.20"),
    ]
      .flat(2)
      // a long way on a busy machine
      .map((step) => ({timeout: 60000, ...step})),
});
