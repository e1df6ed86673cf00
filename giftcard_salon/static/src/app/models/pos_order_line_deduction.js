/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {PosOrderline} from "@point_of_sale/app/models/pos_order_line";
import {patch} from "@web/core/utils/patch";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {priceOfFreed} from "@giftcard_salon/app/giftcard/deduction/item";
import {
  movedText,
  remainingText,
} from "@giftcard_salon/app/giftcard/deduction/remaining";

/** Bill lines of single-purpose cards: what sells their entitlements, what uses them. */
patch(PosOrderline.prototype, {
  // === GETTERS === //

  get isGiftcardDeduction() {
    return this.giftcard_role === "deduction";
  },

  /** A line of a card that becomes a gift card on this bill. */
  get isGiftcardConversion() {
    return ["conversion_out", "conversion_in"].includes(this.giftcard_role);
  },

  /** A tip, or what a card for tips took off again. */
  get isGiftcardTip() {
    return [this, ...this.giftcardPartners].some((line) => line.isTipLine());
  },

  /** A line that stands for something held on a card. */
  get isGiftcardHeld() {
    const isHold = this.isGiftcardDeduction
      ? this.qty > 0
      : this.giftcard_role === "conversion_out";
    return isHold && !this.refunded_orderline_id;
  },

  /** A line that sells a part of a card; one card has one line per part. */
  get isGiftcardEntitlementSale() {
    return this.giftcard_role === "sale";
  },

  /** All lines that sell the card of this one. */
  get giftcardSaleLines() {
    const key = this.giftcard_card_key;
    const lines = (key && this.order_id?.lines) || [this];
    return lines.filter((line) => line.giftcard_card_key === key);
  },

  /** The line that stands for the whole card: its names, its code. */
  get isGiftcardFirst() {
    return !this.giftcard_entitlement_number;
  },

  /** Taxes of the line as the bill counts them. */
  get giftcardTaxIds() {
    const position = this.order_id?.fiscal_position_id;
    const taxes = position
      ? position.getTaxesAfterFiscalPosition(this.tax_ids)
      : this.tax_ids;
    return taxes.map((tax) => tax.id);
  },

  /** Whether a part of a card may pay this line. */
  get isGiftcardPayable() {
    return (
      !this.giftcard_role &&
      !this.isGiftcardSale &&
      !this.isPartOfCombo() &&
      !this.refunded_orderline_id &&
      Number.isInteger(this.qty) &&
      this.qty > 0 &&
      this.price_unit > 0 &&
      this.getDiscount() < 100
    );
  },

  /** What must be told to the server when this line goes. */
  get giftcardHold() {
    return {
      key: this.uuid,
      revision: this.giftcard_revision || 1,
      last4: this.giftcard_last4,
      freed: this.giftcardFreedText,
    };
  },

  /** "Service card ••5PLD", or what a sold part is. */
  get giftcardLineName() {
    const summary = this.giftcard_summary || {};
    const card = maskedCode(this.giftcard_last4 || summary.last4);
    if (this.isGiftcardDeduction) {
      return summary.kind === "service"
        ? _t("Service card %s", card)
        : _t("Gift card %s", card);
    }
    if (this.giftcard_role === "conversion_out") {
      return _t("Card %(card)s given back: %(name)s", {card, name: summary.name});
    }
    return this.giftcard_role === "conversion_in"
      ? _t("Changed into gift card %s", card)
      : "";
  },

  /** Override of `point_of_sale`: a card's line says which card. */
  setFullProductName() {
    super.setFullProductName(...arguments);
    if (this.giftcardLineName) {
      this.full_product_name = this.giftcardLineName;
    }
  },

  get orderDisplayProductName() {
    const name = super.orderDisplayProductName;
    return this.giftcardLineName ? {...name, name: this.giftcardLineName} : name;
  },

  /** What a line of a card says below its name. */
  get giftcardLineNotes() {
    const summary = this.giftcard_summary || {};
    if (this.isGiftcardEntitlementSale && summary.name) {
      return [
        summary.quantity > 1 ? `${summary.quantity} × ${summary.name}` : summary.name,
      ];
    }
    if (this.isGiftcardDeduction && summary.vat_receipt) {
      const {name, day} = summary.vat_receipt;
      return [_t("VAT charged on receipt %(name)s of %(day)s", {name, day})];
    }
    return [];
  },

  /** What was used of a card, for the box on the receipt. */
  get giftcardUsedText() {
    const summary = this.giftcard_summary || {};
    return summary.kind === "service" && summary.is_unit ? `1 × ${summary.name}` : "";
  },

  get giftcardRemainingText() {
    const summary = this.giftcard_summary || {};
    const entitlement = summary.entitlements?.find(
      ({id}) => id === summary.entitlement_id
    );
    return remainingText(entitlement || summary, (amount) =>
      formatCurrency(amount, this.config.currency_id.id)
    );
  },

  /** What is free again on the card when this line goes. */
  get giftcardFreedText() {
    const summary = this.giftcard_summary || {};
    return this.isGiftcardDeduction
      ? movedText(
          [{summary, amount: summary.amount || 0}],
          summary.entitlements?.length > 1,
          (sum) => formatCurrency(sum, this.config.currency_id.id)
        )
      : summary.name;
  },

  get currencyDisplayPriceIncl() {
    return this.order_id ? formatCurrency(this.priceIncl, this.currency.id) : "";
  },

  /** What this line takes of a card and what stays on it, for the payment screen. */
  get giftcardDeductionText() {
    const {name} = this.giftcard_summary || {};
    const used = this.giftcardUsedText || name || "";
    return [used, _t("%s left", this.giftcardRemainingText)]
      .filter(Boolean)
      .join(" · ");
  },

  // === BUSINESS METHODS === //

  /** Make the item of a deduction what it was before a card paid it. */
  freeGiftcardItem() {
    const {tax_ids, pricelist_id, ...before} = this.giftcard_summary?.before || {};
    const taxes = tax_ids ? this.order_id.giftcardTaxes(tax_ids) : [...this.tax_ids];
    this.update({
      ...before,
      tax_ids: taxes.length ? [["set", ...taxes]] : [["clear"]],
      giftcard_role: false,
      giftcard_deduction_key: false,
      giftcard_summary: false,
      extra_tax_data: false,
    });
    if (pricelist_id !== undefined) {
      this.setUnitPrice(priceOfFreed(this, {...before, pricelist_id}));
    }
  },

  /**
   * Make this refund line give back what is left of the card that was sold.
   *
   * @param {Object} amounts of one unit, the server's
   */
  giveGiftcardBack(amounts) {
    const sold = this.refunded_orderline_id;
    this.update({
      ...this.order_id.giftcardAmounts(sold.uuid, amounts, this.qty),
      giftcard_role: sold.giftcard_role || false,
    });
  },
});
