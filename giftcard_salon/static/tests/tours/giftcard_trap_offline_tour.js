/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import {uuidv4} from "@point_of_sale/utils";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";
import * as Trap from "@giftcard_salon/../tests/tours/utils/giftcard_trap_util";

/** The network goes before the code is sent. */
function beforeTheCode() {
  return [
    Giftcard.start("Cut"),
    Trap.goOffline(),
    Giftcard.scan(Trap.codeOf("BEF0")),
    Giftcard.noticeIs("No connection."),
    Giftcard.primaryIs("Try again"),
    {
      trigger: '.modal .modal-footer .btn-secondary:contains("Back to payment")',
      run: "click",
    },
    Giftcard.noDialog(),
    Giftcard.noLine(),
    Giftcard.scan(Trap.codeOf("BEF0")),
    Giftcard.noticeIs("No connection."),
    Trap.goOnline(),
    Giftcard.clickPrimary("Try again"),
    Giftcard.clickPrimary("Use $ 48.00"),
    Giftcard.noDialog(),
    Giftcard.lineIs("BEF0", "48.00"),
    Trap.validate(),
  ];
}

/** "release while offline". */
function releasedOffline() {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard("RE1X", "48.00"),
    Trap.goOffline(),
    Giftcard.undo("RE1X"),
    Giftcard.toldThat("Card ••RE1X will be free again when the connection is back."),
    Giftcard.noLine(),
    Trap.goOnline(),
    Trap.connectionIsBack(),
    Trap.expect("nothing is left to release", () => !Trap.notedHolds().length),
  ];
}

/** "held, then offline, rest paid in cash, validated". */
function paidOffline() {
  return [
    Trap.nextBill("Balayage"),
    Trap.useCard("PA1D", "100.00"),
    Trap.goOffline(),
    Giftcard.payRestInCash(),
    Giftcard.receiptHas(".o_giftcard_redemption", "••PA1D"),
    Trap.expect(
      "the bill waits in the browser",
      () => posmodel.getOrder().isUnsyncedPaid
    ),
    // the next bill tries to send the first one, too
    Trap.nextBill("Cut"),
    Giftcard.payRestInCash(),
    Trap.goOnline(),
    Trap.connectionIsBack(),
    Trap.allIsSynced(),
  ];
}

/** "refund to card offline". */
function refundedOffline() {
  return [
    ReceiptScreen.clickNextOrder(),
    Chrome.clickOrders(),
    TicketScreen.selectFilter("Paid"),
    TicketScreen.selectOrder("115.00"),
    TicketScreen.confirmRefund(),
    PaymentScreen.isShown(),
    Trap.goOffline(),
    Giftcard.tender(),
    Giftcard.lineIs("PA1D", "-100.00"),
    Giftcard.payRestInCash(),
    // what is on the card now is known when the server has done it
    Giftcard.receiptHas(".o_giftcard_redemption", "Back on the card"),
    {trigger: ".pos-receipt:not(:has(.o_giftcard_redemption_remaining))"},
    Trap.goOnline(),
    Trap.connectionIsBack(),
    Trap.allIsSynced(),
    Giftcard.receiptHas(
      ".o_giftcard_redemption .o_giftcard_redemption_remaining",
      "100.00"
    ),
  ];
}

/** "card sale offline". */
function soldOffline() {
  return [
    Trap.nextBill(),
    ProductScreen.clickDisplayedProduct("Gift card"),
    Giftcard.clickPrimary("100.00"),
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod("Cash"),
    Trap.goOffline(),
    PaymentScreen.clickValidate(),
    Giftcard.alertIs(
      "No connection. A new gift card needs the network. The bill is kept."
    ),
    PaymentScreen.isShown(),
    Trap.expect("no bill waits", () => !posmodel.getOrder().finalized),
    Trap.goOnline(),
    Trap.validate(),
    {trigger: ".o_giftcard_slip .o_giftcard_full"},
  ];
}

registry.category("web_tour.tours").add("giftcard_trap_offline", {
  timeout: Trap.PATIENCE,
  steps: () =>
    [
      beforeTheCode(),
      releasedOffline(),
      paidOffline(),
      refundedOffline(),
      soldOffline(),
    ].flat(3),
});

/** "hold reached server, answer lost": once, and for good. */
function holdLost() {
  return [
    Giftcard.start("Cut"),
    Giftcard.loseNextAnswer("giftcard_present"),
    Trap.useCard("RP1Y", "48.00"),
    Trap.validate(),
    Trap.nextBill("Cut"),
    Giftcard.scan(Trap.codeOf("10ST")),
    Giftcard.clickDigits("40"),
    Trap.loseAnswers("giftcard_hold_tender"),
    Giftcard.clickPrimary("Use $ 40.00"),
    Giftcard.noticeIs("No connection."),
    Trap.expect("the hold is noted", () => Trap.notedHolds().length === 1),
    Trap.backToNormal(),
    Giftcard.discard(),
    Giftcard.noDialog(),
    Giftcard.noLine(),
    Trap.expect("nothing is left to release", () => !Trap.notedHolds().length),
  ];
}

/** "call hangs (no timeout in rpc)". */
function hanging() {
  return [
    Trap.nextBill("Cut"),
    Trap.expect("15 seconds", () => Trap.client().responseTimeout === 15000),
    Giftcard.scan(Trap.codeOf("HANG")),
    Giftcard.clickDigits("40"),
    Trap.waitAtMost(300),
    Trap.hang("giftcard_hold_tender"),
    Giftcard.clickPrimary("Use $ 40.00"),
    Giftcard.noticeIs("No connection."),
    Giftcard.discard(),
    Giftcard.noDialog(),
    // the request comes after its release: it is refused
    Trap.endHanging(),
    Trap.waitAtMost(15000),
    Giftcard.noLine(),
    Trap.useCard("HANG", "48.00"),
    // left hanging by a reload: the server knows
    Trap.setStatus("HANG", "waiting"),
    PaymentScreen.clickBack(),
    ProductScreen.clickPayButton(),
    Giftcard.lineIs("HANG", "48.00", "52.00"),
    Trap.validate(),
  ];
}

/** "order synced, answer lost". */
function syncLost() {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard("SYNC", "48.00"),
    Trap.loseAnswerOfBill(),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
    Trap.expect("the till knows of nothing", () => posmodel.getOrder().isUnsyncedPaid),
    Trap.goOnline(),
    Trap.connectionIsBack(),
    Trap.allIsSynced(),
  ];
}

function theTillStaysOpen() {
  return Giftcard.run("the till is not closed without the bill", async () => {
    if (await posmodel.pushOrdersWithClosingPopup()) {
      throw new Error("The till would be closed.");
    }
  });
}

/** A bill paid offline whose card is let go and used at another till meanwhile. */
function paidOfflineAndUsedElsewhere(last4, elsewhere) {
  return [
    Trap.nextBill("Cut"),
    Trap.useCard(last4, "48.00"),
    Trap.goOffline(),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
    theTillStaysOpen(),
    {
      trigger:
        '.modal:contains("is paid, but not saved yet") .modal-footer .btn-primary',
      run: "click",
    },
    Trap.goOnline(),
    Giftcard.run("released by a manager, used at another till", async () => {
      await Trap.callServer(
        "giftcard_release",
        Trap.lineOf(last4).uuid,
        9,
        posmodel.session.id
      );
      await Trap.callServer("giftcard_hold_tender", {
        key: elsewhere,
        revision: 1,
        amount: 90,
        code: Trap.codeOf(last4),
        session_id: posmodel.session.id,
        order_uuid: elsewhere,
      });
    }),
    Trap.connectionIsBack(),
    Giftcard.toldThat("is paid, but not saved. Card ••"),
    Giftcard.toldThat("could not be used any more. Nothing was taken."),
    Trap.expect("the bill is kept", () => posmodel.getOrder().isUnsyncedPaid),
  ];
}

/** "hold expired, then sync": refused in the background, and sent again. */
function refusedInTheBackground() {
  const elsewhere = uuidv4();
  return [
    paidOfflineAndUsedElsewhere("BACK", elsewhere),
    Giftcard.run("the other till does not use it after all", () =>
      Trap.callServer("giftcard_release", elsewhere, 2, posmodel.session.id)
    ),
    Trap.connectionIsBack(),
    Trap.allIsSynced(),
    {trigger: 'body:not(:has(.o_notification:contains("not saved")))'},
  ];
}

/** The same, and the card stays used: the bill is opened and paid another way. */
function refusedForGood() {
  return [
    paidOfflineAndUsedElsewhere("0PEN", uuidv4()),
    theTillStaysOpen(),
    {trigger: '.o_notification button:contains("Open the bill")', run: "click"},
    PaymentScreen.isShown(),
    Giftcard.toldThat("Choose another payment for $ 48.00."),
    Giftcard.noLine(),
    Giftcard.payRestInCash(),
    Trap.allIsSynced(),
  ];
}

registry.category("web_tour.tours").add("giftcard_trap_answers", {
  timeout: Trap.PATIENCE,
  steps: () =>
    [
      holdLost(),
      hanging(),
      syncLost(),
      refusedInTheBackground(),
      refusedForGood(),
    ].flat(3),
});
