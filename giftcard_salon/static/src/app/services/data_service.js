/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {RPCError} from "@web/core/network/rpc";
import {PosData} from "@point_of_sale/app/services/data_service";
import {patch} from "@web/core/utils/patch";
import {takeSoldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";
import {noteRefusedBills} from "@giftcard_salon/app/services/refused_orders";

patch(PosData.prototype, {
  /**
   * Override of `point_of_sale` to keep codes out of records, database and log, and to
   * remember why a bill was refused.
   */
  async call(model, method, args) {
    try {
      const response = await super.call(...arguments);
      if (model === "pos.order" && ["sync_from_ui", "giftcard_sold"].includes(method)) {
        takeSoldCodes(response);
      }
      return response;
    } catch (error) {
      if (method === "sync_from_ui" && error instanceof RPCError) {
        noteRefusedBills(args[0], error);
      }
      throw error;
    }
  },
});
