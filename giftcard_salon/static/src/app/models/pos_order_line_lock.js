/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PosOrderline} from "@point_of_sale/app/models/pos_order_line";
import {patch} from "@web/core/utils/patch";

/** What nobody edits: a line that sells one card, and one that a card pays. */
patch(PosOrderline.prototype, {
  // === GETTERS === //

  get giftcardLock() {
    return {
      title: _t("Gift card"),
      body: _t("One line per card: tap Gift card again for another one."),
    };
  },

  get giftcardFixedLock() {
    return {
      title: _t("Gift card"),
      body: _t("A gift card is used here. Remove it before you change the line."),
    };
  },

  // === LOCK === //

  /** Override of `point_of_sale`: one line is one card, and keeps what a card pays. */
  setQuantity(quantity) {
    if (this.isGiftcardFixed && Number(quantity) !== this.qty) {
      return this.giftcardFixedLock;
    }
    if (this.isGiftcardSale && Number(quantity) !== 1) {
      return this.giftcardLock;
    }
    return super.setQuantity(...arguments);
  },

  setUnitPrice() {
    if (!this.isGiftcardFixed) {
      super.setUnitPrice(...arguments);
    }
  },

  setDiscount() {
    if (!this.isGiftcardFixed && !this.isGiftcardSale) {
      super.setDiscount(...arguments);
    }
  },

  canBeMergedWith(line) {
    return (
      !this.giftcard_role && !line.giftcard_role && super.canBeMergedWith(...arguments)
    );
  },

  isPosGroupable() {
    return !this.giftcard_role && !this.giftcardType && super.isPosGroupable();
  },
});
