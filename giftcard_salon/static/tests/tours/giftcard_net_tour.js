/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {registry} from "@web/core/registry";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

const SLIP = "giftcard_net_slip";

function validate() {
  return [
    PaymentScreen.validateButtonIsHighlighted(),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
  ].flat();
}

function payInCash() {
  return [PaymentScreen.clickPaymentMethod("Cash"), validate()].flat();
}

function useCard(code, label) {
  return [
    ProductScreen.clickPayButton(),
    Giftcard.scan(code),
    Giftcard.clickPrimary(label),
    Giftcard.noDialog(),
  ].flat();
}

/** Prices without tax, at a till that shows them so. */
registry.category("web_tour.tours").add("giftcard_net", {
  steps: () =>
    [
      Giftcard.start(),
      // a card pays with the tax
      ProductScreen.clickDisplayedProduct("Massage"),
      ProductScreen.clickDisplayedProduct("Lunch"),
      {trigger: '.orderline:contains("Massage"):contains("50.00")'},
      ProductScreen.totalAmountIs("96.66"),
      useCard(Giftcard.HUNDRED, "Use $ 96.66"),
      validate(),
      ReceiptScreen.clickNextOrder(),
      // its bonus is a discount with the tax
      ProductScreen.clickDisplayedProduct("Massage"),
      useCard(Giftcard.FIFTY, "Use $ 55.00"),
      PaymentScreen.remainingIs("5.00"),
      payInCash(),
      ReceiptScreen.clickNextOrder(),
      // a package costs what its services cost, with the tax, and pays them to the cent
      ProductScreen.clickDisplayedProduct("Day package"),
      Giftcard.clickPrimary("$ 96.66"),
      ProductScreen.totalAmountIs("96.66"),
      ProductScreen.clickPayButton(),
      payInCash(),
      Giftcard.run("keep the slip", () => {
        const code = document.querySelector(".o_giftcard_slip .o_giftcard_full");
        sessionStorage.setItem(SLIP, code.textContent.replace(/\s/g, ""));
      }),
      ReceiptScreen.clickNextOrder(),
      ProductScreen.clickDisplayedProduct("Massage"),
      ProductScreen.clickDisplayedProduct("Lunch"),
      ProductScreen.clickPayButton(),
      Giftcard.run("scan the slip", () =>
        Giftcard.scan(sessionStorage.getItem(SLIP)).run()
      ),
      Giftcard.clickPrimary("Use 1 × Massage"),
      Giftcard.noDialog(),
      {trigger: '.o_giftcard_deduction:contains("−"):contains("60.00")'},
      {trigger: '.o_giftcard_deduction:contains("−"):contains("36.66")'},
      validate(),
      Chrome.endTour(),
    ].flat(2),
});
