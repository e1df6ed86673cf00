/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {BarcodeReader} from "@point_of_sale/app/services/barcode_reader_service";
import {patch} from "@web/core/utils/patch";

patch(BarcodeReader.prototype, {
  /**
   * Override of `point_of_sale`: whoever registers `giftcard` gets the plain text
   * first, whatever the nomenclature makes of it; false leaves it to the others.
   */
  async _scan(code) {
    const maps = this.exclusiveCbMap ? [this.exclusiveCbMap] : [...this.cbMaps];
    const taker = code && maps.find((map) => map.giftcard);
    if (taker && taker.giftcard(code) !== false) {
      return;
    }
    await super._scan(...arguments);
  },
});
