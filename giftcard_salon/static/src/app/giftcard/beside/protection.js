/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {PosOrderline} from "@point_of_sale/app/models/pos_order_line";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {patch} from "@web/core/utils/patch";

/**
 * What other apps at the till must not do to gift cards.
 *
 * They replace methods without calling what was there before, and most are loaded after
 * this add-on: so the protection is put on when all is loaded, on what is there.
 */
let isProtected = false;
// while a reward is worked out, the lines of cards and the tip are not on the bill
let isHidden = false;
// while a discount on the whole bill is worked out, lines of cards are not in its base
let isDiscounting = false;

const isOfCard = (line) => Boolean(line.giftcard_role || line.giftcardType);

/** A discount on the whole bill (`pos_discount`); when bills are split, cards count. */
function protectFromDiscounts() {
  if (!PosStore.prototype.applyDiscount) {
    return;
  }
  patch(PosOrderline.prototype, {
    isGlobalDiscountApplicable() {
      const isExcluded = isDiscounting && isOfCard(this);
      return !isExcluded && super.isGlobalDiscountApplicable(...arguments);
    },
  });
  patch(PosStore.prototype, {
    applyDiscount() {
      // the base is taken before anything is waited for
      isDiscounting = true;
      try {
        return super.applyDiscount(...arguments);
      } finally {
        isDiscounting = false;
      }
    },
  });
}

/** Rewards and points, also what pays like money (`pos_loyalty`). */
function protectFromRewards() {
  if (!PosOrder.prototype._getRewardLineValuesDiscount) {
    return;
  }
  patch(PosOrder.prototype, {
    getOrderlines() {
      const lines = super.getOrderlines(...arguments);
      return isHidden
        ? lines.filter((line) => !isOfCard(line) && !line.isTipLine())
        : lines;
    },
    _getRewardLineValuesDiscount() {
      isHidden = true;
      try {
        return super._getRewardLineValuesDiscount(...arguments);
      } finally {
        isHidden = false;
      }
    },
    isLineValidForLoyaltyPoints(line) {
      return !isOfCard(line) && super.isLineValidForLoyaltyPoints(...arguments);
    },
  });
  patch(PosOrderline.prototype, {
    ignoreLoyaltyPoints() {
      return isOfCard(this) || super.ignoreLoyaltyPoints(...arguments);
    },
  });
}

/** Orders of the desk (`pos_sale`): why one is not taken over is said like the rest. */
function protectFromSaleOrders() {
  if (!PosStore.prototype.onClickSaleOrder) {
    return;
  }
  patch(PosStore.prototype, {
    async onClickSaleOrder() {
      try {
        return await super.onClickSaleOrder(...arguments);
      } catch (error) {
        if (error instanceof RPCError && error.data.context?.giftcard_order) {
          return this.showGiftcardMessage(error.data.message);
        }
        throw error;
      }
    },
  });
}

/** Bills that are put together or apart copy lines, and no holds (`pos_restaurant`). */
function protectFromTables() {
  if (PosStore.prototype.mergeOrders) {
    patch(PosStore.prototype, {
      async mergeOrders(sourceOrder) {
        const names = sourceOrder.takeGiftcardsOff();
        const result = await super.mergeOrders(...arguments);
        if (names.length) {
          this.showGiftcardMessage(
            _t(
              "The bills are one now. Scan again what paid on the other one: %s.",
              names.join(", ")
            )
          );
        }
        return result;
      },
    });
  }
  const splitScreen = registry.category("pos_pages").get("SplitBillScreen", null);
  if (splitScreen) {
    patch(splitScreen.component.prototype, {
      onClickLine(line) {
        if (line.isGiftcardEntitlementSale && line.qty > 0) {
          return this.pos.showGiftcardMessage(
            _t("This card is sold by several lines, so it stays on its bill.")
          );
        }
        if (line.giftcard_role) {
          return this.pos.showGiftcardMessage(line.giftcardFixedLock.body);
        }
        return super.onClickLine(...arguments);
      },
      /** What a card gives or takes off is no item that stays behind. */
      get totOrderQty() {
        const others = this.currentOrder.lines.filter(
          (line) => line.isGiftcardBonus || line.isGiftcardDeduction
        );
        return super.totOrderQty - others.reduce((sum, line) => sum + line.qty, 0);
      },
    });
  }
}

export function protectGiftcards() {
  if (!isProtected) {
    isProtected = true;
    protectFromDiscounts();
    protectFromRewards();
    protectFromSaleOrders();
    protectFromTables();
  }
}
