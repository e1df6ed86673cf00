/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {OrderReceipt} from "@point_of_sale/app/screens/receipt_screen/receipt/order_receipt";
import {_t} from "@web/core/l10n/translation";
import {generateQRCodeDataUrl} from "@point_of_sale/utils";
import {patch} from "@web/core/utils/patch";
import {useState} from "@odoo/owl";
import {validityText} from "@giftcard_salon/app/giftcard/sale/amount";
import {groupedCode, maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {receiptRows} from "@giftcard_salon/app/giftcard/deduction/remaining";
import {isSettled, soldUntil} from "@giftcard_salon/app/giftcard/sale/line_values";
import {soldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";

const QR_SIZE = 132;

/** Pairs of a key and the lines that have it, in the lines' order. */
function grouped(lines, keyOf) {
  const groups = new Map();
  for (const line of lines) {
    const key = keyOf(line);
    groups.set(key, [...(groups.get(key) || []), line]);
  }
  return [...groups];
}

patch(OrderReceipt.prototype, {
  setup() {
    super.setup(...arguments);
    this.giftcardCodes = useState(soldCodes);
    this.giftcardIsMailed = false;
  },

  /** One slip for each card that was sold with this bill. */
  get giftcardSlips() {
    const sold = this.order.finalized ? this.order.getGiftcardsSold() : [];
    return sold.map((line) => {
      const code = this.giftcardCodes.get(line.uuid);
      const size = {width: QR_SIZE, height: QR_SIZE};
      return {
        line,
        amount: this.formatCurrency(
          line.giftcard_value ||
            line.giftcardSaleLines.reduce(
              (sum, saleLine) => sum + saleLine.priceIncl,
              0
            )
        ),
        qr: code && generateQRCodeDataUrl(code, size),
        code: code && groupedCode(code),
        scanned: this.giftcardScanned(line),
        short: line.giftcard_last4 && _t("Code %s", maskedCode(line.giftcard_last4)),
        names: line.getGiftcardNames(),
        entitlements: line.giftcardSaleLines.flatMap(
          (saleLine) => saleLine.giftcardLineNotes
        ),
        taxes: this.giftcardTaxes(line),
        until: validityText(
          soldUntil(line, this.order.date_order, this.order.company.giftcard_tz)
        ),
        isOnce: Boolean(line.giftcardType.is_single_use),
      };
    });
  },

  /** The client has this card already: its short name, and what is on it now. */
  giftcardScanned(line) {
    const now =
      line.giftcard_is_topup &&
      isSettled(line) &&
      _t("now %s", this.formatCurrency(line.giftcard_balance_after));
    return [line.giftcardScanned, now].filter(Boolean).join(" · ");
  },

  /** The VAT that is in the price of a single-purpose card, rate by rate. */
  giftcardTaxes(line) {
    const amounts = new Map();
    for (const saleLine of line.isGiftcardEntitlementSale
      ? line.giftcardSaleLines
      : []) {
      for (const {tax, tax_amount} of saleLine.prices.taxes_data) {
        const rate = tax.amount_type === "percent" ? `${tax.amount}%` : tax.name;
        amounts.set(rate, (amounts.get(rate) || 0) + tax_amount);
      }
    }
    return [...amounts].map(([rate, amount]) =>
      _t("VAT %(rate)s included: %(amount)s", {
        rate,
        amount: this.formatCurrency(amount),
      })
    );
  },

  /** One box for each single-purpose card whose entitlements were used or given back. */
  get giftcardDeductionMoves() {
    const lines = this.order.finalized ? this.order.lines : [];
    const deductions = lines.filter((line) => line.isGiftcardDeduction);
    return grouped(deductions, (line) => line.giftcardLineName).map(
      ([name, redemptions]) => ({
        name,
        rows: receiptRows(
          redemptions.map((line) => ({
            summary: line.giftcard_summary || {},
            amount: Math.abs(line.priceIncl),
            isBack: line.qty < 0,
          })),
          (amount) => this.formatCurrency(amount)
        ),
      })
    );
  },

  /** One box for each card that paid for this bill or got money back. */
  get giftcardMoves() {
    const payments = this.order.finalized ? this.order.payment_ids : [];
    const lines = payments.filter((line) => line.isGiftcard && line.giftcardValue);
    return lines.map((line) => ({
      line,
      isRefund: line.giftcardValue < 0,
      before: this.formatCurrency(
        line.giftcardValue + line.giftcard_remaining + (line.giftcard_lost || 0)
      ),
      lost: line.giftcard_lost > 0 && this.formatCurrency(line.giftcard_lost),
      amount: this.formatCurrency(Math.abs(line.giftcardValue)),
      bonus: line.giftcard_bonus && this.formatCurrency(Math.abs(line.giftcard_bonus)),
      // after a refund there is something left, once the server has done it
      remaining:
        (line.giftcardValue > 0 || line.giftcard_remaining > 0) &&
        this.formatCurrency(line.giftcard_remaining),
    }));
  },

  /** Override of `point_of_sale`: a card nobody paid for shows in its own box. */
  get paymentLines() {
    return super.paymentLines.filter((line) => line.amount || !line.isGiftcard);
  },
});

/** The receipt as it is sent: its picture stays on the server, so it shows no code. */
export class MailedReceipt extends OrderReceipt {
  setup() {
    super.setup(...arguments);
    this.giftcardCodes = new Map();
    this.giftcardIsMailed = true;
  }
}
