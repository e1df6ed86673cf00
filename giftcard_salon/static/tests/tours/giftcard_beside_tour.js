import {registry} from "@web/core/registry";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

/** Only where those apps are: `tests/beside`. */
registry.category("web_tour.tours").add("giftcard_beside", {
  steps: () =>
    [
      Giftcard.start(),
      // an order with a card on it stays at the desk
      ProductScreen.clickControlButton("Quotation/Order"),
      {
        trigger: ".modal:not(.o_inactive_modal) tr.o_data_row td:contains('Sofia')",
        run: "click",
      },
      {
        trigger:
          ".modal:contains('••WD3P is on order'):contains('use it at the till')",
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
    ].flat(2),
});
