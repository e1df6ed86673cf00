/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {PosOrder} from "@point_of_sale/app/models/pos_order";
import {patch} from "@web/core/utils/patch";

/** What goes off a bill takes along what belongs to it, and frees its card. */
patch(PosOrder.prototype, {
  /** Override of `point_of_sale`: lines of one card go, and go back, together. */
  removeOrderline(line) {
    const deduction =
      line.qty > 0 &&
      [line, ...line.giftcardPartners].find((other) => other.isGiftcardDeduction);
    if (deduction) {
      this.removeGiftcardDeduction(deduction);
      if (!this.lines.some((other) => other.uuid === line.uuid)) {
        this.selectOrderline(this.getLastOrderline());
        return true;
      }
    }
    if (line.isGiftcardConversion) {
      this.removeGiftcardConversionOf(line);
      return true;
    }
    if (line.giftcard_card_key && line.qty > 0) {
      const others = line.giftcardSaleLines.filter((other) => other !== line);
      others.forEach((other) => other.delete());
    }
    const goesBack = this.isRefund && line.isGiftcardFixed;
    const partners = goesBack ? line.giftcardPartners : [];
    partners.forEach((partner) => super.removeOrderline(partner));
    return super.removeOrderline(...arguments);
  },

  /** A line of a conversion goes with the payment by the gift card it makes. */
  removeGiftcardConversionOf(line) {
    const payment = this.models["pos.payment"].getBy(
      "uuid",
      line.giftcard_deduction_key
    );
    if (payment) {
      this.removePaymentline(payment);
    } else {
      this.removeGiftcardConversion(line.giftcard_deduction_key);
    }
    this.selectOrderline(this.getLastOrderline());
  },

  /**
   * Override of `point_of_sale` to free the card, whatever the line's status: with its
   * bonus, and as what it was before it was converted.
   */
  removePaymentline(line, {isQuiet = false} = {}) {
    const {uuid} = line;
    const isConversion = this.lines.some(
      (other) => other.isGiftcardConversion && other.giftcard_deduction_key === uuid
    );
    const terminal = line.isGiftcard && line.payment_method_id.payment_terminal;
    const hold = terminal && line.giftcardValue >= 0 && line.giftcardHold;
    const result = super.removePaymentline(...arguments);
    this.removeGiftcardBonus(uuid);
    if (hold) {
      terminal.releaseHold(hold, isQuiet || isConversion);
    }
    if (isConversion) {
      this.removeGiftcardConversion(uuid, isQuiet);
    }
    return result;
  },
});
