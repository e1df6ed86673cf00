import {Orderline} from "@point_of_sale/app/components/orderline/orderline";
import {patch} from "@web/core/utils/patch";

patch(Orderline.prototype, {
  /** Override of `point_of_sale`: one card is no number of units at a price. */
  get lineScreenValues() {
    const values = super.lineScreenValues;
    return this.line.giftcardType ? {...values, displayPriceUnit: false} : values;
  },
});
