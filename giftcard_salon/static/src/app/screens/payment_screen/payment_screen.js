/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {AlertDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {useBarcodeReader} from "@point_of_sale/app/hooks/barcode_reader_hook";
import {PaymentScreen} from "@point_of_sale/app/screens/payment_screen/payment_screen";
import {patch} from "@web/core/utils/patch";
import {onMounted, useExternalListener} from "@odoo/owl";
import {keepFocus, useKeptFocus} from "@giftcard_salon/app/giftcard/focus";
import {SCAN_LENGTH} from "@giftcard_salon/app/giftcard/dialog_keys";

patch(PaymentScreen.prototype, {
  setup() {
    super.setup(...arguments);
    useBarcodeReader({giftcard: this.onGiftcardScanned});
    useKeptFocus();
    onMounted(() => {
      this.resumeGiftcards();
      this.returnGiftcardBonus();
    });
    useExternalListener(window, "pos-network-online", () => this.resumeGiftcards());
  },

  /** Bring the cards' lines to what the server knows and to what the bill is now. */
  async resumeGiftcards() {
    const order = this.currentOrder;
    const payments = order && !order.finalized ? order.payment_ids : [];
    const lines = payments.filter((line) => line.isGiftcard && line.giftcardValue > 0);
    const terminal = lines[0]?.payment_method_id.payment_terminal;
    if (order && !order.finalized) {
      await this.pos.giftcardDeductionHolds?.resume(order);
    }
    if (terminal) {
      await terminal.resume(lines);
      await terminal.fit(order);
    }
  },

  /** Once per refund: what the cashier removes then stays away. */
  returnGiftcardBonus() {
    const order = this.currentOrder;
    if (order?.isRefund && !order.finalized && !order.uiState.isGiftcardReturned) {
      order.uiState.isGiftcardReturned = true;
      this.pos.returnGiftcardBonus(order);
    }
  },

  /**
   * What is scanned here is a card, unless it is a product we know.
   *
   * @returns {boolean} false leaves the code to the others
   */
  onGiftcardScanned(code) {
    const paymentMethod = this.pos.giftcardMethods[0];
    const isProduct = this.pos.models["product.product"].getBy("barcode", code);
    if (!paymentMethod || isProduct || this.isRefundOrder) {
      return false;
    }
    if (code.length >= SCAN_LENGTH && !this.refuseWhileBusy()) {
      this.pos.redeemGiftcard({order: this.currentOrder, paymentMethod, code});
    }
    return true;
  },

  /** Override of `point_of_sale`: the line appears with the hold, not with the tap. */
  async addNewPaymentLine(paymentMethod) {
    if (paymentMethod.use_payment_terminal !== "giftcard") {
      return super.addNewPaymentLine(...arguments);
    }
    if (this.refuseWhileBusy()) {
      return false;
    }
    this.numberBuffer.reset();
    const order = this.currentOrder;
    return this.isRefundOrder
      ? this.pos.refundToGiftcard(order, paymentMethod)
      : this.pos.redeemGiftcard({order, paymentMethod});
  },

  /** Override of `point_of_sale`: the button that had the focus is gone. */
  deletePaymentLine() {
    super.deletePaymentLine(...arguments);
    keepFocus();
  },

  removeGiftcardDeduction(line) {
    this.currentOrder.removeOrderline(line);
    keepFocus();
  },

  /** Override of `point_of_sale`: a gift card looks like one. */
  paymentMethodImage(id) {
    const method = this.pos.giftcardMethods.find(
      (giftcardMethod) => giftcardMethod.id === id
    );
    return method && !method.image
      ? "/giftcard_salon/static/src/img/giftcard.svg"
      : super.paymentMethodImage(...arguments);
  },

  refuseWhileBusy() {
    const isBusy =
      this.pos.paymentTerminalInProgress ||
      this.currentOrder.electronicPaymentInProgress();
    if (isBusy) {
      this.dialog.add(AlertDialog, {
        title: _t("Error"),
        body: _t("There is already an electronic payment in progress."),
      });
    }
    return isBusy;
  },

  /** Override of `point_of_sale`: what is held is changed in the dialog only. */
  updateSelectedPaymentline() {
    if (!this.selectedPaymentLine?.isGiftcard) {
      super.updateSelectedPaymentline(...arguments);
    }
  },

  /** Override of `point_of_sale`: no validation by itself, so that × can undo. */
  async sendPaymentRequest(line) {
    if (!line.isGiftcard) {
      return super.sendPaymentRequest(...arguments);
    }
    await line.pay();
  },
});
