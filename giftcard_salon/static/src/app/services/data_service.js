import {PosData} from "@point_of_sale/app/services/data_service";
import {patch} from "@web/core/utils/patch";
import {takeSoldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";

patch(PosData.prototype, {
  /** Override of `point_of_sale` to keep codes out of records, database and log. */
  async call(model, method) {
    const answer = await super.call(...arguments);
    if (model === "pos.order" && ["sync_from_ui", "giftcard_sold"].includes(method)) {
      takeSoldCodes(answer);
    }
    return answer;
  },
});
