/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

const SPLIT = ".splitbill-screen";
const NUMBER = "giftcard_tables_number";

const splitLine = (name, text = name) => ({
  content: `choose ${text} for the other bill`,
  trigger: `${SPLIT} .orderline:contains("${name}")`,
  run: "click",
});

function openSplit() {
  return [ProductScreen.clickControlButton("Split"), {trigger: SPLIT}].flat();
}

function paySplit(total) {
  return [
    {trigger: `${SPLIT} .pay-split-order:not([disabled])`, run: "click"},
    PaymentScreen.totalIs(total),
  ].flat();
}

function payInCash() {
  return [
    PaymentScreen.clickPaymentMethod("Cash"),
    PaymentScreen.validateButtonIsHighlighted(),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
  ].flat();
}

function remember() {
  return Giftcard.run("remember the bill", () => {
    sessionStorage.setItem(NUMBER, posmodel.getOrder().uuid);
  });
}

/** What stayed on the table: as when its row in the list is tapped. */
function comeBack() {
  return Giftcard.run("come back to the bill", () => {
    const uuid = sessionStorage.getItem(NUMBER);
    const order = posmodel.models["pos.order"].getBy("uuid", uuid);
    posmodel.setOrder(order);
    posmodel.navigate("ProductScreen", {orderUuid: uuid});
  });
}

function useCard(code, label) {
  return [
    ProductScreen.clickPayButton(),
    Giftcard.scan(code),
    Giftcard.clickPrimary(label),
    Giftcard.noDialog(),
  ].flat();
}

/** Only where `pos_restaurant` is: `tests/beside`. */
registry.category("web_tour.tours").add("giftcard_tables", {
  steps: () =>
    [
      Giftcard.start(),
      // a part of the bill is paid apart: the card stays where it was scanned
      ProductScreen.clickDisplayedProduct("Balayage"),
      ProductScreen.clickDisplayedProduct("Cut & blow-dry"),
      remember(),
      useCard(Giftcard.HUNDRED, "Use $ 100.00"),
      PaymentScreen.clickBack(),
      openSplit(),
      splitLine("Cut & blow-dry"),
      paySplit("48.00"),
      payInCash(),
      comeBack(),
      ProductScreen.totalAmountIs("115.00"),
      ProductScreen.clickPayButton(),
      PaymentScreen.remainingIs("15.00"),
      payInCash(),
      ReceiptScreen.clickNextOrder(),
      // less is left on the bill than the card holds: it gives the rest back
      ProductScreen.clickDisplayedProduct("Balayage"),
      ProductScreen.clickDisplayedProduct("Cut & blow-dry"),
      remember(),
      useCard(Giftcard.FIFTY, "Use $ 50.00"),
      PaymentScreen.clickBack(),
      openSplit(),
      splitLine("Balayage"),
      paySplit("115.00"),
      payInCash(),
      comeBack(),
      ProductScreen.clickPayButton(),
      {trigger: '.payment-screen .paymentline:contains("48.00")'},
      PaymentScreen.validateButtonIsHighlighted(),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      ReceiptScreen.clickNextOrder(),
      // a card that is sold is an item like others: each pays his own
      ProductScreen.clickDisplayedProduct("Cut & blow-dry"),
      ProductScreen.clickDisplayedProduct("Gift card"),
      Giftcard.clickPrimary("100.00"),
      ProductScreen.totalAmountIs("148.00"),
      remember(),
      openSplit(),
      splitLine("Cut & blow-dry"),
      paySplit("48.00"),
      payInCash(),
      comeBack(),
      ProductScreen.totalAmountIs("100.00"),
      ProductScreen.clickPayButton(),
      payInCash(),
      ReceiptScreen.clickNextOrder(),
      // a discount on the whole bill takes nothing off a card (`pos_discount`)
      ProductScreen.clickDisplayedProduct("Cut & blow-dry"),
      ProductScreen.clickDisplayedProduct("Gift card"),
      Giftcard.clickPrimary("100.00"),
      Giftcard.run("10 % off", () => posmodel.applyDiscount(10)),
      ProductScreen.totalAmountIs("143.20"),
      ProductScreen.clickPayButton(),
      payInCash(),
      ReceiptScreen.clickNextOrder(),
      // a package stays whole: its lines are one card
      ProductScreen.clickDisplayedProduct("Day package"),
      Giftcard.clickPrimary("90.00"),
      ProductScreen.clickDisplayedProduct("Cut & blow-dry"),
      openSplit(),
      splitLine("Day package", "a line of the package"),
      Giftcard.alertIs("stays on its bill"),
      {trigger: `${SPLIT} .button.back`, run: "click"},
      // put together with the bill of another table, it is still one card
      Giftcard.run("put the bill together with another one", async () => {
        const source = posmodel.getOrder();
        // as on the way to the plan of the tables
        await posmodel.syncAllOrders({orders: [source]});
        const other = posmodel.addNewOrder();
        await posmodel.mergeOrders(source, other);
        posmodel.navigate("ProductScreen", {orderUuid: other.uuid});
      }),
      ProductScreen.totalAmountIs("138.00"),
      ProductScreen.clickPayButton(),
      payInCash(),
      {trigger: ".o_giftcard_slip:contains('Day package')"},
      ReceiptScreen.clickNextOrder(),
      // moved to a free table, the bill keeps its card
      ProductScreen.clickDisplayedProduct("Night cream"),
      useCard(Giftcard.FIFTY, "Use $ 2.00"),
      PaymentScreen.clickBack(),
      Giftcard.run("move the bill to a table", async () => {
        const table = posmodel.models["restaurant.table"].getAll()[0];
        await posmodel.transferOrder(posmodel.getOrder().uuid, table);
      }),
      ProductScreen.totalAmountIs("39.00"),
      ProductScreen.clickPayButton(),
      PaymentScreen.remainingIs("37.00"),
      payInCash(),
      Chrome.endTour(),
    ].flat(2),
});
