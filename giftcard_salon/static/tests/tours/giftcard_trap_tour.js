/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import {uuidv4} from "@point_of_sale/utils";
import {refresh} from "@point_of_sale/../tests/generic_helpers/utils";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";
import * as Trap from "@giftcard_salon/../tests/tours/utils/giftcard_trap_util";

/** Odoo offers to force a payment as done while its call still runs. */
function forceDone() {
  return [
    Giftcard.start("Cut"),
    Giftcard.scan(Trap.codeOf("FRCE")),
    Giftcard.primaryIs("Use $ 48.00"),
    Giftcard.clickDigits("40"),
    Trap.hang("giftcard_hold_tender"),
    Giftcard.clickPrimary("Use $ 40.00"),
    Giftcard.primaryIsOff(),
    {trigger: "body:not(:has(.send_force_done)):not(:has(.o_giftcard_payment))"},
    Trap.expect(
      "no line before its hold",
      () => posmodel.getOrder().payment_ids.length === 0
    ),
    Trap.endHanging(),
    Giftcard.noDialog(),
    Giftcard.lineIs("FRCE", "40.00"),
    Trap.setStatus("FRCE", "waiting"),
    {trigger: '.o_giftcard_payment:contains("Asking the server")'},
    Giftcard.noForceDone(),
    Giftcard.undo("FRCE"),
    Giftcard.toldThat("Card ••FRCE is free again: $ 100.00."),
    Giftcard.noLine(),
    // forced all the same: the server does not believe it, and × is there
    Giftcard.run("force a line done that nothing is held for", () => {
      const order = posmodel.getOrder();
      const hold = {key: uuidv4(), revision: 1, amount: 48, last4: "FRCE"};
      order.addGiftcardRedemption(posmodel.giftcardMethods[0], {
        ...hold,
        available: 52,
      });
    }),
    PaymentScreen.clickValidate(),
    Giftcard.alertIs("No gift card is reserved for this payment. Nothing was taken."),
    PaymentScreen.isShown(),
    Giftcard.undo("FRCE"),
    Giftcard.noLine(),
  ];
}

/** "no cash method, typing 999 on the done gift line". */
function zeroedByTyping() {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard("ZER0", "48.00"),
    Giftcard.run("select the line", () =>
      posmodel.getOrder().selectPaymentline(Trap.lineOf("ZER0"))
    ),
    PaymentScreen.clickNumpad("9 9 9"),
    Giftcard.noDialog(),
    Giftcard.lineIs("ZER0", "48.00"),
    PaymentScreen.clickNumpad("⌫"),
    Giftcard.lineIs("ZER0", "48.00"),
    Trap.validate(),
  ];
}

/** "`auto_validate_terminal_payment` default True". */
function autoValidate() {
  return [
    Trap.nextBill("Cut"),
    Trap.expect(
      "validation by itself is on",
      () => posmodel.config.auto_validate_terminal_payment
    ),
    Trap.useCard("AVT0", "48.00"),
    PaymentScreen.validateButtonIsHighlighted(),
    Giftcard.undo("AVT0"),
    Giftcard.toldThat("Card ••AVT0 is free again: $ 100.00."),
    Giftcard.noLine(),
  ];
}

/** "exception leaves sendPaymentRequest". */
function exception() {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard("EXC0", "48.00"),
    Trap.setStatus("EXC0", "retry"),
    Trap.fail("giftcard_status"),
    {trigger: ".o_giftcard_retry", run: "click"},
    {trigger: '.o_giftcard_payment:contains("Not confirmed yet.")'},
    Trap.expect("no terminal is blocked", () => !posmodel.paymentTerminalInProgress),
    Trap.backToNormal(),
    {trigger: ".o_giftcard_retry", run: "click"},
    Giftcard.lineIs("EXC0", "48.00", "52.00"),
    Trap.validate(),
  ];
}

/** "'retry' line deleted". */
function retryDeleted() {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard("RTRY", "48.00"),
    Trap.setStatus("RTRY", "retry"),
    {trigger: '.o_giftcard_payment:contains("Not confirmed yet.")'},
    Giftcard.undo("RTRY"),
    Giftcard.toldThat("Card ••RTRY is free again: $ 100.00."),
    Giftcard.noLine(),
  ];
}

registry.category("web_tour.tours").add("giftcard_trap_lines", {
  timeout: Trap.PATIENCE,
  steps: () =>
    [forceDone(), zeroedByTyping(), autoValidate(), exception(), retryDeleted()].flat(
      3
    ),
});

/** "order lowered after hold (70 -> 30, hold 50)", and a deleted bill line. */
function lowered() {
  return [
    Giftcard.start("Balayage", "Night cream"),
    Trap.useCard("DWNE", "100.00"),
    PaymentScreen.clickBack(),
    ProductScreen.clickOrderline("Balayage"),
    ProductScreen.clickNumpad("⌫", "⌫"),
    ProductScreen.totalAmountIs("39.00"),
    ProductScreen.clickPayButton(),
    Giftcard.toldThat("The bill is lower now: card ••DWNE pays $ 39.00"),
    Giftcard.lineIs("DWNE", "39.00", "61.00"),
    Trap.validate(),
  ];
}

/** Lowered behind the payment screen's back: Validate asks again. */
function loweredAtTheLastMoment() {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard("VAST", "48.00"),
    Giftcard.run("the line's price falls", () =>
      posmodel.getOrder().lines[0].setUnitPrice(30)
    ),
    Trap.validate(),
    Giftcard.receiptHas(
      ".o_giftcard_redemption .o_giftcard_redemption_remaining",
      "70.00"
    ),
  ];
}

/** Zeroed lines: nothing is left to pay. */
function zeroedLines() {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard("N0NE", "48.00"),
    PaymentScreen.clickBack(),
    ProductScreen.clickOrderline("Cut"),
    ProductScreen.clickNumpad("⌫"),
    ProductScreen.totalAmountIs("0.00"),
    ProductScreen.clickPayButton(),
    Giftcard.noLine(),
  ];
}

/** "no delete/reverse button after reload". */
function reloaded() {
  return [
    Trap.nextBill("Balayage"),
    Trap.useCard("REXD", "100.00"),
    Giftcard.run("the browser keeps the bill", () =>
      posmodel.data.synchronizeLocalDataInIndexedDB()
    ),
    refresh(),
    PaymentScreen.isShown(),
    Giftcard.lineIs("REXD", "100.00", "0.00"),
    Giftcard.scan(Trap.codeOf("REXD")),
    Giftcard.noticeIs("This card is already on the bill."),
    Giftcard.discard(),
    Giftcard.noDialog(),
    // to change and to take off: both are still there
    Giftcard.changeAmount("REXD"),
    Giftcard.clickDigits("60"),
    Giftcard.clickPrimary("Use $ 60.00"),
    Giftcard.noDialog(),
    Giftcard.lineIs("REXD", "60.00", "40.00"),
    PaymentScreen.remainingIs("55.00"),
    Giftcard.undo("REXD"),
    Giftcard.toldThat("Card ••REXD is free again: $ 100.00."),
    Giftcard.noLine(),
  ];
}

function deletedBill() {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard("GNE1", "48.00"),
    Chrome.clickOrders(),
    {trigger: ".ticket-screen"},
    Giftcard.run("delete the bill", () =>
      posmodel
        .deleteOrders([posmodel.getOrder()])
        .then(() => posmodel.afterOrderDeletion())
    ),
    Giftcard.toldThat("Card ••GNE1 is free again: $ 100.00."),
  ];
}

registry.category("web_tour.tours").add("giftcard_trap_bill", {
  timeout: Trap.PATIENCE,
  steps: () =>
    [
      lowered(),
      loweredAtTheLastMoment(),
      zeroedLines(),
      reloaded(),
      deletedBill(),
    ].flat(3),
});
