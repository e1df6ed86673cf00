/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {ProductScreen} from "@point_of_sale/app/screens/product_screen/product_screen";
import {useBarcodeReader} from "@point_of_sale/app/hooks/barcode_reader_hook";
import {patch} from "@web/core/utils/patch";
import {useKeptFocus} from "@giftcard_salon/app/giftcard/focus";
import {isGiftcardCode} from "@giftcard_salon/app/giftcard/card_code";

patch(ProductScreen.prototype, {
  setup() {
    super.setup(...arguments);
    useBarcodeReader({giftcard: this.onGiftcardScanned});
    useKeptFocus();
  },

  /**
   * A card that is scanned before the payment: say what is on it.
   *
   * @returns {boolean} false leaves the code to the others
   */
  onGiftcardScanned(code) {
    if (!this.pos.giftcardMethods.length || !isGiftcardCode(code)) {
      return false;
    }
    this.numberBuffer.reset();
    this.pos.showGiftcardBalance(code);
    return true;
  },
});
