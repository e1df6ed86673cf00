/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";
import * as Trap from "@giftcard_salon/../tests/tours/utils/giftcard_trap_util";
import {MailedReceipt} from "@giftcard_salon/app/screens/receipt_screen/receipt/order_receipt";

registry.category("web_tour.tours").add("giftcard_sell", {
  steps: () =>
    [
      Giftcard.start(),
      // a preset: tile, Add to bill, Payment
      Giftcard.startCounting(),
      ProductScreen.clickDisplayedProduct("Gift card"),
      Giftcard.clickPrimary("100.00"),
      ProductScreen.clickPayButton(),
      Giftcard.decisionsAre(3),
      PaymentScreen.clickBack(),
      // another amount, typed at once, with names and a message
      ProductScreen.clickDisplayedProduct("Gift card"),
      Giftcard.press("1"),
      {
        content: "too little",
        trigger: '.o_giftcard_problem:contains("Choose an amount from")',
      },
      Giftcard.primaryIsOff(),
      {trigger: ".o_giftcard_other", run: "edit 65.50"},
      {trigger: ".o_giftcard_fold[aria-expanded=false]", run: "click"},
      {trigger: "#giftcard_recipient", run: "edit Emma Petit"},
      {trigger: "#giftcard_sender", run: "edit Sofia"},
      {trigger: "#giftcard_message", run: "edit Happy birthday Emma!"},
      Giftcard.clickPrimary("65.50"),
      {trigger: '.order-container .orderline:contains("For Emma Petit, from Sofia")'},
      // the line is one card: no other quantity, but it can be opened again
      ProductScreen.clickNumpad("2"),
      Giftcard.alertIs("One line per card"),
      {trigger: ".orderline.selected .o_giftcard_edit", run: "click"},
      {trigger: "#giftcard_recipient", run: "edit Emma"},
      Giftcard.clickPrimary("Save"),
      {trigger: '.order-container .orderline:contains("For Emma, from Sofia")'},
      ProductScreen.totalAmountIs("165.50"),
      ProductScreen.clickPayButton(),
      // a card does not pay for a card
      Giftcard.tender(),
      Giftcard.alertIs("A gift card cannot pay for a gift card."),
      PaymentScreen.clickPaymentMethod("Cash"),
      PaymentScreen.validateButtonIsHighlighted(),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      // two slips, each with its own code
      Giftcard.receiptHas(".orderline", "No VAT now: VAT at redemption"),
      Giftcard.receiptHas(".o_giftcard_slip:eq(0)", "100.00"),
      Giftcard.receiptHas(".o_giftcard_slip:eq(1)", "For Emma, from Sofia"),
      Giftcard.receiptHas(".o_giftcard_slip:eq(1)", "Happy birthday Emma!"),
      Giftcard.receiptHas(
        ".o_giftcard_slip:eq(1)",
        "Gift card, multi-purpose, VAT at redemption"
      ),
      Giftcard.run("codes are on the slips and nowhere else", async () => {
        const shown = [...document.querySelectorAll(".o_giftcard_full")].map(
          (element) => element.textContent.replaceAll(" ", "")
        );
        const images = document.querySelectorAll(
          '.o_giftcard_qr[src^="data:image/svg"]'
        );
        if (new Set(shown).size !== 2 || images.length !== 2) {
          throw new Error(`Expected two codes and two pictures, found ${shown.length}`);
        }
        const kept = JSON.stringify(await posmodel.data.indexedDB.readAll());
        const stored = kept + JSON.stringify(localStorage);
        if (shown.some((code) => !/^GC\w{16}$/.test(code) || stored.includes(code))) {
          throw new Error("A code is kept in the browser, or is none.");
        }
        // what is sent by e-mail is kept as a picture: no code is on it
        const {renderer} = posmodel.env.services;
        const mailed = await renderer.toHtml(MailedReceipt, {
          order: posmodel.getOrder(),
        });
        const codes = mailed.querySelectorAll(".o_giftcard_full, .o_giftcard_qr");
        const notes = mailed.querySelectorAll(".o_giftcard_mailed");
        if (codes.length || notes.length !== 2) {
          throw new Error(`${codes.length} codes, ${notes.length} notes in the e-mail`);
        }
      }),
      ReceiptScreen.clickNextOrder(),
      // a reprint shows the short name only
      Chrome.clickOrders(),
      TicketScreen.selectFilter("Paid"),
      TicketScreen.selectOrder("165.50"),
      Giftcard.run("codes are forgotten with the receipt", () => {
        const order = posmodel.models["pos.order"].find((o) => o.finalized);
        if (order.lines.some((line) => line.giftcard_code || line.raw.giftcard_code)) {
          throw new Error("A code is still there.");
        }
      }),
    ].flat(2),
});

registry.category("web_tour.tours").add("giftcard_redeem", {
  steps: () =>
    [
      Giftcard.start("Balayage", "Night cream"),
      // first card, typed; the amount is lowered
      Giftcard.tender(),
      Giftcard.titleIs("Gift card or code"),
      Giftcard.noLine(),
      Giftcard.typeCode("gc7k4m-qx9t rv2h.wd3p"),
      Giftcard.titleIs("••WD3P"),
      Giftcard.balanceIs("100.00"),
      Giftcard.primaryIs("Use $ 100.00"),
      Giftcard.clickDigits("600"),
      {trigger: '[role=alert]:contains("that is what is left on the card")'},
      Giftcard.primaryIsOff(),
      {trigger: ".modal .numpad button:contains(⌫)", run: "click"},
      Giftcard.sumsAre("40.00", "94.00"),
      Giftcard.press("Enter"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "60.00", "40.00"),
      Giftcard.noForceDone(),
      // typing amounts does not touch it
      {trigger: ".o_giftcard_payment .payment-infos", run: "click"},
      PaymentScreen.clickNumpad("9"),
      Giftcard.lineIs("WD3P", "60.00"),
      // the same card again, then another one by scanner
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.noticeIs("This card is already on the bill."),
      Giftcard.discard(),
      Giftcard.noDialog(),
      // one that is shown and not used is free again
      Giftcard.scan(Giftcard.FIFTY),
      Giftcard.primaryIs("Use $ 50.00"),
      Giftcard.discard(),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "60.00"),
      Giftcard.startCounting(),
      Giftcard.scan(Giftcard.FIFTY),
      Giftcard.primaryIs("Use $ 50.00"),
      Giftcard.press("Enter"),
      Giftcard.noDialog(),
      Giftcard.decisionsAre(2),
      Giftcard.lineIs("M4RX", "50.00", "0.00"),
      // undo, and again: tender, scan, use
      Giftcard.undo("M4RX"),
      Giftcard.toldThat("Card ••M4RX is free again: $ 50.00."),
      PaymentScreen.remainingIs("94.00"),
      Giftcard.startCounting(),
      Giftcard.tender(),
      // a scanner types into the field that has the focus
      Giftcard.typeCode(Giftcard.FIFTY),
      Giftcard.clickPrimary("Use $ 50.00"),
      Giftcard.noDialog(),
      Giftcard.decisionsAre(2),
      Giftcard.lineIs("M4RX", "50.00"),
      // less on the first card
      Giftcard.changeAmount("WD3P"),
      Giftcard.balanceIs("100.00"),
      Giftcard.clickDigits("54"),
      Giftcard.clickPrimary("Use $ 54.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "54.00", "46.00"),
      PaymentScreen.remainingIs("50.00"),
      Giftcard.payRestInCash(),
      Giftcard.receiptHas(".paymentlines", "Gift card ••WD3P"),
      Giftcard.receiptHas(".o_giftcard_redemption:eq(0)", "••WD3P"),
      Giftcard.receiptHas(
        ".o_giftcard_redemption:eq(0) .o_giftcard_redemption_remaining",
        "46.00"
      ),
      Giftcard.receiptHas(".o_giftcard_redemption:eq(1)", "Used today"),
      Giftcard.receiptHas(
        ".o_giftcard_redemption:eq(1) .o_giftcard_redemption_remaining",
        "0.00"
      ),
      ReceiptScreen.clickNextOrder(),
    ].flat(2),
});

registry.category("web_tour.tours").add("giftcard_refund", {
  steps: () =>
    [
      Giftcard.start("Cut"),
      Trap.startCountingRequests(),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 48.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "48.00", "52.00"),
      // fully covered: nothing is validated by itself, so that it can be undone
      PaymentScreen.validateButtonIsHighlighted(),
      Giftcard.tender(),
      Giftcard.alertIs("The bill is already paid."),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      // the card with its hold, and the bill
      Trap.requestsAre("giftcard_present", "sync_from_ui"),
      ReceiptScreen.clickNextOrder(),
      Chrome.clickOrders(),
      TicketScreen.selectFilter("Paid"),
      TicketScreen.selectOrder("48.00"),
      TicketScreen.confirmRefund(),
      PaymentScreen.isShown(),
      Giftcard.tender(),
      Giftcard.lineIs("WD3P", "-48.00"),
      {trigger: '.o_giftcard_payment:contains("Back on the card")'},
      Giftcard.undo("WD3P"),
      Giftcard.noLine(),
      Giftcard.tender(),
      Giftcard.lineIs("WD3P", "-48.00"),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      Giftcard.receiptHas(".o_giftcard_redemption", "Back on the card"),
      Giftcard.receiptHas(
        ".o_giftcard_redemption .o_giftcard_redemption_remaining",
        "100.00"
      ),
      ReceiptScreen.clickNextOrder(),
      // paid in cash: nothing can go to a card
      ProductScreen.clickDisplayedProduct("Night cream"),
      ProductScreen.clickPayButton(),
      Giftcard.payRestInCash(),
      ReceiptScreen.clickNextOrder(),
      Chrome.clickOrders(),
      TicketScreen.selectFilter("Paid"),
      TicketScreen.selectOrder("39.00"),
      TicketScreen.confirmRefund(),
      PaymentScreen.isShown(),
      Giftcard.tender(),
      Giftcard.alertIs("This bill was not paid by gift card."),
      Giftcard.noLine(),
    ].flat(2),
});
