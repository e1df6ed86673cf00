/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {Orderline} from "@point_of_sale/app/components/orderline/orderline";
import {patch} from "@web/core/utils/patch";

patch(Orderline.prototype, {
  /** Override of `point_of_sale`: one card is no number of units at a price. */
  get lineScreenValues() {
    const values = super.lineScreenValues;
    const {line} = this;
    if (line.isGiftcardBonus) {
      // the product has no taxes, the line has those of what it lowers
      const taxGroup = this.props.showTaxGroup && line.taxGroupLabels;
      return {
        ...values,
        displayPriceUnit: false,
        name: line.giftcardBonusName,
        taxGroup,
      };
    }
    if (line.giftcard_role) {
      const taxGroup = this.props.showTaxGroup && line.taxGroupLabels;
      return {...values, displayPriceUnit: false, taxGroup};
    }
    return line.giftcardType ? {...values, displayPriceUnit: false} : values;
  },
});
