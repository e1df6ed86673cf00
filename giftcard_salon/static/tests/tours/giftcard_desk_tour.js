/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

registry.category("web_tour.tours").add("giftcard_undo_and_close", {
  steps: () =>
    [
      Giftcard.start("Cut"),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 48.00"),
      Giftcard.noDialog(),
      PaymentScreen.clickValidate(),
      ReceiptScreen.isShown(),
      ReceiptScreen.clickNextOrder(),
      // undone in two taps
      Chrome.clickOrders(),
      TicketScreen.selectFilter("Paid"),
      TicketScreen.selectOrder("48.00"),
      {trigger: ".giftcard-undo", run: "click"},
      {trigger: '.modal:contains("48.00 goes back on card ••WD3P.")'},
      Dialog.confirm("Undo"),
      {
        trigger:
          '.modal:contains("Given back"):contains("48.00 goes back on card ••WD3P.")',
      },
      Dialog.confirm("Ok"),
      TicketScreen.nthRowContains(1, "-48.00"),
      // once only
      TicketScreen.selectOrder("-48.00"),
      {trigger: "body:not(:has(.giftcard-undo))"},
      // the closing lists what another bill of this till holds
      Chrome.clickRegister(),
      Chrome.clickMenuOption("Close Register"),
      {trigger: '.giftcard-holds:contains("••M4RX"):contains("50.00")'},
      {trigger: ".giftcard-release", run: "click"},
      {trigger: ".close-pos-popup:not(:has(.giftcard-holds))"},
      Dialog.discard(),
    ].flat(2),
});
