/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";
import * as Trap from "@giftcard_salon/../tests/tours/utils/giftcard_trap_util";

function focusIsOn(selector) {
  return Trap.expect(`the focus is on ${selector}`, () =>
    document.activeElement.matches(selector)
  );
}

/** How often Tab is pressed from what has the focus to the primary button. */
function tabsToPrimary() {
  const dialog = document.querySelector(".modal:not(.o_inactive_modal)");
  const stops = [...dialog.querySelectorAll("button, input, [tabindex]")].filter(
    (element) => element.tabIndex >= 0 && !element.disabled
  );
  const primary = stops.findIndex((stop) => stop.matches(".o_giftcard_primary"));
  return primary - stops.indexOf(document.activeElement);
}

function chooseClient(name) {
  return Giftcard.run(`the bill is of ${name}`, () => {
    const client = posmodel.models["res.partner"].find((own) => own.name === name);
    posmodel.getOrder().setPartner(client);
  });
}

registry.category("web_tour.tours").add("giftcard_counter", {
  steps: () =>
    [
      Giftcard.start("Cut & blow-dry"),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.primaryIs("Use $ 48.00"),
      focusIsOn(".o_giftcard_amount"),
      Trap.expect("Tab reaches Use", () => tabsToPrimary() <= 3),
      Giftcard.clickPrimary("Use $ 48.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "48.00"),
      focusIsOn(".payment-screen"),
      // another bill: the card is on the one before, which is opened
      Trap.nextBill("Balayage"),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.balanceIs("52.00"),
      {trigger: '.o_giftcard_parked:contains("$ 48.00 of this card is on bill")'},
      {trigger: '.o_giftcard_open_bill:contains("Open bill")', run: "click"},
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "48.00"),
      Giftcard.undo("WD3P"),
      Giftcard.toldThat("Card ••WD3P is free again: $ 100.00."),
      Giftcard.noLine(),
      focusIsOn(".payment-screen"),
      // without its code: the client on the bill has it
      chooseClient("Sofia Laurent"),
      Giftcard.tender(),
      {trigger: '.o_giftcard_client_cards:contains("Cards of Sofia Laurent")'},
      {trigger: '.o_giftcard_client_card:contains("$ 100.00")', run: "click"},
      Giftcard.titleIs("Gift card ••WD3P"),
      Giftcard.clickPrimary("Use $ 48.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "48.00", "52.00"),
      PaymentScreen.validateButtonIsHighlighted(),
      Trap.validate(),
      // three cards alike, each a line of its own
      Trap.nextBill(),
      ProductScreen.clickDisplayedProduct("Gift card"),
      {trigger: '.o_giftcard_where:contains("All salons")'},
      {trigger: ".o_giftcard_more", run: "click"},
      {trigger: ".o_giftcard_more", run: "click"},
      Giftcard.clickPrimary("3 × $ 100.00"),
      Giftcard.noDialog(),
      Trap.expect("three lines", () => posmodel.getOrder().lines.length === 3),
      focusIsOn(".product-screen"),
      // what is on a card, and what a client may do with it at once
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.balanceIs("52.00"),
      focusIsOn(".o_giftcard_primary"),
      {trigger: ".o_giftcard_add_money", run: "click"},
      Giftcard.titleIs("Add money to card ••WD3P"),
      {trigger: '.o_giftcard_after:contains("Then $ 152.00 on the card")'},
      Giftcard.discard(),
      Giftcard.noDialog(),
      Trap.nextBill("Night cream"),
      Giftcard.run("back to the products", () =>
        posmodel.navigate("ProductScreen", {orderUuid: posmodel.getOrder().uuid})
      ),
      {trigger: ".product-screen"},
      Giftcard.scan(Giftcard.HUNDRED),
      {trigger: ".o_giftcard_use_here", run: "click"},
      Giftcard.clickPrimary("Use $ 39.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "39.00"),
    ].flat(3),
});

registry.category("web_tour.tours").add("giftcard_closing", {
  steps: () =>
    [
      Giftcard.start("Cut & blow-dry"),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 48.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "48.00"),
      PaymentScreen.validateButtonIsHighlighted(),
      Trap.validate(),
      Trap.nextBill("Night cream"),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 39.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "39.00"),
      Chrome.clickMenuOption("Close Register"),
      {trigger: '.giftcard-redeemed:contains("$ 48.00")'},
      {trigger: '.giftcard-holds:contains("••WD3P"):contains("$ 39.00")'},
      Trap.expect("the warning is above the fold", () => {
        const {bottom} = document
          .querySelector(".giftcard-holds")
          .getBoundingClientRect();
        const footer = document.querySelector(".close-pos-popup .modal-footer");
        return bottom < footer.getBoundingClientRect().top;
      }),
      Trap.expect(
        "Enter frees no card",
        () => !document.activeElement.closest(".giftcard-holds")
      ),
      {trigger: ".giftcard-open-bill", run: "click"},
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "39.00"),
    ].flat(3),
});
