/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

registry.category("web_tour.tours").add("giftcard_refusals", {
  steps: () =>
    [
      Giftcard.start("Cut"),
      Giftcard.tender(),
      Giftcard.typeCode(`${Giftcard.HUNDRED}X`),
      Giftcard.noticeIs("This code is one character too long."),
      Giftcard.typeCode("GC0000111122223333"),
      Giftcard.noticeIs("We do not know this code."),
      Giftcard.typeCode(Giftcard.EMPTY),
      Giftcard.noticeIs("Nothing is left on this card."),
      Giftcard.clickPrimary("Back to payment"),
      Giftcard.noDialog(),
      Giftcard.scan(Giftcard.BLOCKED),
      Giftcard.noticeIs("This card is blocked."),
      Giftcard.clickPrimary("Back to payment"),
      Giftcard.noDialog(),
      Giftcard.noLine(),
      Giftcard.scan(Giftcard.HUNDRED),
      Giftcard.clickPrimary("Use $ 48.00"),
      Giftcard.noDialog(),
      Giftcard.lineIs("WD3P", "48.00", "52.00"),
      // the server refuses the first time: the sentence, and still on this screen
      PaymentScreen.clickValidate(),
      Giftcard.alertIs("This card was blocked a moment ago. Take another payment."),
      PaymentScreen.isShown(),
      Giftcard.lineIs("WD3P", "48.00"),
      Giftcard.undo("WD3P"),
      Giftcard.toldThat("Card ••WD3P is free again"),
      Giftcard.payRestInCash(),
      ReceiptScreen.clickNextOrder(),
    ].flat(2),
});
