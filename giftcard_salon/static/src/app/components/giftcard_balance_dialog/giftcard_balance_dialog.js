/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {Dialog} from "@web/core/dialog/dialog";
import {useChildRef} from "@web/core/utils/hooks";
import {useBarcodeReader} from "@point_of_sale/app/hooks/barcode_reader_hook";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {Component, onMounted, useEffect, useState} from "@odoo/owl";
import {GiftcardCodeField} from "@giftcard_salon/app/components/giftcard_code_field/giftcard_code_field";
import {GiftcardSummary} from "@giftcard_salon/app/components/giftcard_summary/giftcard_summary";
import {GiftcardNotice} from "@giftcard_salon/app/components/giftcard_notice/giftcard_notice";
import {GiftcardParked} from "@giftcard_salon/app/components/giftcard_parked/giftcard_parked";
import {GiftcardTitle} from "@giftcard_salon/app/components/giftcard_title/giftcard_title";
import {GiftcardRedemptions} from "@giftcard_salon/app/components/giftcard_redemptions/giftcard_redemptions";
import {codeProblem, normaliseCode} from "@giftcard_salon/app/giftcard/card_code";
import {withBillNames} from "@giftcard_salon/app/giftcard/tender/parked";
import {cardTitle} from "@giftcard_salon/app/giftcard/card_summary";
import {SCAN_LENGTH, useAmountKeys} from "@giftcard_salon/app/giftcard/dialog_keys";

/** Say what is on a card and how it was used last. Holds nothing. */
export class GiftcardBalanceDialog extends Component {
  static template = "giftcard_salon.GiftcardBalanceDialog";
  static components = {
    Dialog,
    GiftcardCodeField,
    GiftcardSummary,
    GiftcardNotice,
    GiftcardParked,
    GiftcardTitle,
    GiftcardRedemptions,
  };
  static props = {
    code: {type: String, optional: true},
    close: Function,
  };

  setup() {
    this.pos = usePos();
    this.modalRef = useChildRef();
    this.state = useState({code: "", card: null, busy: false, notice: null});
    this.scans = Promise.resolve();
    useBarcodeReader({giftcard: this.onScan}, true);
    useAmountKeys({onKey: () => {}, onEnter: this.confirm});
    useEffect(
      (card) => card && this.focusPrimary(),
      () => [this.state.card]
    );
    onMounted(() => this.start());
  }

  start() {
    this.modalRef.el.setAttribute("aria-labelledby", this.titleId);
    if (this.props.code) {
      this.onScan(this.props.code);
    }
  }

  /** The field that had the focus is gone once a card is shown. */
  focusPrimary() {
    const primary = this.modalRef.el.querySelector(".o_giftcard_primary");
    // on a phone the dialog is still on its way up
    primary.focus({preventScroll: true});
  }

  // === GETTERS === //

  get titleId() {
    return `giftcard_title_${this.env.dialogData.id}`;
  }

  get title() {
    const {card} = this.state;
    return card ? cardTitle(card) : _t("Gift card balance");
  }

  get primaryLabel() {
    if (this.state.card) {
      return _t("Done");
    }
    return this.state.notice ? _t("Try again") : _t("Show balance");
  }

  /** The bill that the card may pay at once. */
  get canRedeem() {
    const {card} = this.state;
    const order = this.pos.getOrder();
    return Boolean(
      card && !card.refusal && order?.lines.length && order.getGiftcardDue(true) > 0
    );
  }

  /** The till sells this kind of card, and money can come onto it. */
  get canAddMoney() {
    const {card} = this.state;
    return Boolean(card?.is_own && this.pos.canTopUpGiftcard(card));
  }

  // === ACTIONS === //

  redeem() {
    const code = normaliseCode(this.shown);
    this.props.close();
    this.pos.payWithGiftcard(code);
  }

  addMoney() {
    const code = normaliseCode(this.shown);
    const {card} = this.state;
    this.props.close();
    this.pos.topUpGiftcard(card, code);
  }

  onCode(code) {
    this.state.code = code;
  }

  /** The primary button and Enter. */
  async confirm() {
    if (this.state.card) {
      this.props.close();
    } else if (!this.state.busy) {
      await this.lookUp(this.state.code);
    }
  }

  /** The next card; a camera sees the same one again and again. */
  onScan(code) {
    const isAgain = code === this.scanned && this.state.notice?.problem !== "offline";
    if (code.length >= SCAN_LENGTH && !isAgain) {
      this.scanned = code;
      this.scans = this.scans.then(() => this.lookUp(code));
    }
  }

  async lookUp(text) {
    Object.assign(this.state, {code: text, card: null, notice: null});
    const mistake = codeProblem(text);
    if (mistake) {
      this.state.notice = {problem: "refused", text: mistake};
      return;
    }
    this.state.busy = true;
    const card = await this.pos.askAboutGiftcards(
      "giftcard_balance",
      normaliseCode(text),
      this.pos.session.id
    );
    this.state.busy = false;
    this.shown = text;
    this.show(withBillNames(card, this.pos.models["pos.order"].getAll()));
  }

  show(card) {
    if (card.problem) {
      this.state.notice = card;
    } else {
      this.state.notice = card.refusal
        ? {problem: "refused", text: card.refusal}
        : null;
      if (card.last4) {
        Object.assign(this.state, {card, code: ""});
      }
    }
  }

  takeAnother() {
    this.scanned = null;
    Object.assign(this.state, {code: "", card: null, notice: null});
  }

  findLost() {
    this.props.close();
    this.pos.findGiftcard();
  }
}
