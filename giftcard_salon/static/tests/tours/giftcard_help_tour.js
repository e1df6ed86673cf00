/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

const printed = [];

/** Catch what goes to the printer, as text, and hear what the till does without one. */
function catchPrints() {
  return Giftcard.run("catch what is printed", () => {
    posmodel.printer.printHtml = async (element) => {
      printed.push({
        text: element.textContent.replace(/\s+/g, " "),
        hasPicture: Boolean(element.querySelector('img[src^="data:image"]')),
      });
      return {successful: true};
    };
  });
}

function openFromActions() {
  return [
    {trigger: ".control-buttons .more-btn", run: "click"},
    {trigger: ".modal .o_giftcard_button:contains(Gift card)", run: "click"},
    Giftcard.titleIs("Gift card balance"),
  ];
}

function clickOther(label) {
  return {
    trigger: `.modal:not(.o_inactive_modal) .modal-footer .btn-secondary:contains("${label}")`,
    run: "click",
  };
}

registry.category("web_tour.tours").add("giftcard_balance", {
  steps: () =>
    [
      Giftcard.start(),
      Giftcard.noDialog(),
      // a scan on the product screen: the balance first, then how it was used
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.titleIs("••WD3P"),
      {trigger: '.modal .badge:contains("Partially")'},
      Giftcard.balanceIs("52.00"),
      {
        trigger:
          '.o_giftcard_redemptions li:eq(0):contains("Used"):contains("−$ 48.00")',
      },
      {trigger: '.o_giftcard_redemptions li:eq(1):contains("+$ 100.00")'},
      // the next card by scanner, whatever has the focus
      Giftcard.scan(Giftcard.FIFTY),
      Giftcard.titleIs("••M4RX"),
      Giftcard.balanceIs("50.00"),
      Giftcard.press("Enter"),
      Giftcard.noDialog(),
      // typed; mistakes and refusals are sentences
      openFromActions(),
      {trigger: ".modal:not(:has(.o_giftcard_lost))"},
      Giftcard.typeCode("GC7K4M"),
      Giftcard.noticeIs("12 characters too short"),
      Giftcard.typeCode("GC00000000000000QQ"),
      Giftcard.noticeIs("We do not know this code."),
      Giftcard.typeCode(Giftcard.BLOCKED),
      Giftcard.titleIs("••8XBK"),
      Giftcard.noticeIs("This card is blocked."),
      Giftcard.balanceIs("50.00"),
      clickOther("Another card"),
      clickOther("Discard"),
      Giftcard.noDialog(),
      // what is no card of ours is left to the products
      Giftcard.scan("GIFT-4711"),
      Giftcard.toldThat("Unknown Barcode"),
      Giftcard.noDialog(),
      ProductScreen.orderIsEmpty(),
    ].flat(2),
});

registry.category("web_tour.tours").add("giftcard_lost", {
  steps: () =>
    [
      Giftcard.start(),
      catchPrints(),
      openFromActions(),
      {trigger: ".modal .o_giftcard_lost", run: "click"},
      Giftcard.titleIs("Find a lost card"),
      {trigger: ".o_giftcard_query", run: "edit 12"},
      Giftcard.primaryIsOff(),
      {trigger: ".o_giftcard_query", run: "edit nobody of this name"},
      Giftcard.press("Enter"),
      {trigger: '.o_giftcard_none:contains("No card found.")'},
      {trigger: ".o_giftcard_query", run: "edit 12 34 56"},
      Giftcard.clickPrimary("Search"),
      {trigger: '.o_giftcard_row:contains("••WD3P"):contains("52.00")'},
      {trigger: '.o_giftcard_row:contains("Bought by Sofia Laurent")'},
      {trigger: ".o_giftcard_row:only-child .o_giftcard_print", run: "click"},
      {trigger: '.o_giftcard_row .alert-success:contains("••WD3P is printed")'},
      Giftcard.run("the slip is complete and its code is nowhere else", () => {
        const [{text, hasPicture}] = printed;
        const parts = ["52.00", "GC 7K4M QX9T RV2H WD3P", "Keep this code like cash."];
        const missing = parts.filter((part) => !text.includes(part));
        if (printed.length !== 1 || !hasPicture || missing.length) {
          throw new Error(`${printed.length} slips; missing: ${missing}`);
        }
        if (/QX9T/.test(document.documentElement.outerHTML)) {
          throw new Error("The code is in the page.");
        }
      }),
      {trigger: ".o_giftcard_send", run: "click"},
      {trigger: ".modal:contains(••WD3P) textarea", run: "edit sofia"},
      Dialog.confirm("Apply"),
      {
        trigger:
          '.o_giftcard_row .alert-danger:contains("An e-mail address has a name")',
      },
      {trigger: ".o_giftcard_send", run: "click"},
      {trigger: ".modal:contains(••WD3P) textarea", run: "edit sofia@example.com"},
      Dialog.confirm("Apply"),
      {trigger: '.o_giftcard_row .alert-success:contains("s•••@example.com")'},
      // the client finds the card after all
      Giftcard.scan(Giftcard.FIFTY),
      Giftcard.titleIs("••M4RX"),
      Giftcard.balanceIs("50.00"),
      Giftcard.clickPrimary("Done"),
      Giftcard.noDialog(),
    ].flat(2),
});
