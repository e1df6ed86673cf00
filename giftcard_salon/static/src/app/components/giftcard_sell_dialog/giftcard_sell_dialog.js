/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {formatCurrency} from "@web/core/currency";
import {Dialog} from "@web/core/dialog/dialog";
import {useChildRef} from "@web/core/utils/hooks";
import {useBarcodeReader} from "@point_of_sale/app/hooks/barcode_reader_hook";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {Component, onMounted, useEffect, useRef, useState} from "@odoo/owl";
import {GiftcardCodeField} from "@giftcard_salon/app/components/giftcard_code_field/giftcard_code_field";
import {GiftcardCount} from "@giftcard_salon/app/components/giftcard_count/giftcard_count";
import {GiftcardNotice} from "@giftcard_salon/app/components/giftcard_notice/giftcard_notice";
import {GiftcardTerms} from "@giftcard_salon/app/components/giftcard_terms/giftcard_terms";
import {
  presetLabel,
  offeredAmounts,
  typeAmount,
  worthOf,
} from "@giftcard_salon/app/giftcard/sale/amount";
import {amountProblem, readAmount} from "@giftcard_salon/app/giftcard/typed_amount";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {moveByArrow, useAmountKeys} from "@giftcard_salon/app/giftcard/dialog_keys";
import {GiftcardQuote} from "@giftcard_salon/app/giftcard/sale/quote";
import {SALE_TEXTS, saleValues} from "@giftcard_salon/app/giftcard/sale/line_values";
import {GiftcardSaleScan, takeCodeOut} from "@giftcard_salon/app/giftcard/sale/scan";

const OTHER = "other";
const MESSAGE_LENGTH = 300;
const MOST_CARDS = 20;

/**
 * Choose the amount of a card to sell; names and message are folded away.
 *
 * A scan makes it the sale of a printed card, or adds money to a card of a client.
 *
 * The payload are the values of its bill line.
 */
export class GiftcardSellDialog extends Component {
  static template = "giftcard_salon.GiftcardSellDialog";
  static components = {
    Dialog,
    GiftcardCodeField,
    GiftcardCount,
    GiftcardNotice,
    GiftcardTerms,
  };
  static props = {
    type: Object,
    line: {type: [Object, {value: undefined}], optional: true},
    // of a card of a client that gets more money
    code: {type: [String, {value: undefined}], optional: true},
    getPayload: Function,
    close: Function,
  };

  setup() {
    this.pos = usePos();
    this.modalRef = useChildRef();
    this.chipsRef = useRef("chips");
    this.otherRef = useRef("other");
    this.messageLength = MESSAGE_LENGTH;
    this.mostCards = MOST_CARDS;
    const {amounts, chosen} = offeredAmounts(this.props.type);
    this.amounts = amounts;
    this.state = useState({
      ...this.startValues(chosen),
      isOpen: Boolean(this.props.line),
      count: 1,
    });
    this.scan = useState(new GiftcardSaleScan(this.pos, this.props));
    this.quote = useState(new GiftcardQuote(this.pos, this.props));
    useBarcodeReader({giftcard: (code) => this.scan.onScan(code)}, true);
    useAmountKeys({onKey: this.type, onEnter: this.confirm});
    useEffect(
      (isOther) => isOther && this.otherRef.el.focus(),
      () => [this.isOther]
    );
    useEffect(
      (card) => card && this.focusChip(),
      () => [this.scan.card]
    );
    useEffect(
      (notice) => notice && this.showNotice(),
      () => [this.scan.notice]
    );
    onMounted(() => this.onShown());
  }

  startValues(chosen) {
    const {line} = this.props;
    const amount = line ? line.price_unit : chosen;
    const isOffered = this.amounts.includes(amount);
    return {
      choice: isOffered ? amount : OTHER,
      other: line && !isOffered ? this.format(amount, {noSymbol: true}) : "",
      ...Object.fromEntries(SALE_TEXTS.map((name) => [name, line?.[name] || ""])),
    };
  }

  onShown() {
    const dialog = this.modalRef.el;
    const title = dialog.querySelector(".modal-title");
    title.id = `giftcard_title_${this.env.dialogData.id}`;
    dialog.setAttribute("aria-labelledby", title.id);
    this.focusChip();
    this.quote.start();
    if (this.props.code) {
      this.scan.onScan(this.props.code);
    }
  }

  /** On a phone the field may be far below what is said of it. */
  showNotice() {
    const notice = this.modalRef.el?.querySelector(".o_giftcard_notice");
    notice?.scrollIntoView({block: "nearest"});
  }

  /** Enter adds to the bill, so no button with a meaning of its own has the focus. */
  focusChip() {
    const chip = this.chipsRef.el?.querySelector("[aria-pressed=true]");
    (chip || this.modalRef.el).focus();
  }

  // === GETTERS === //

  get chips() {
    const chips = this.amounts.map((amount) => ({
      value: amount,
      label: presetLabel(amount, this.worthOf(amount), this.format.bind(this)),
    }));
    return this.props.type.is_free_amount
      ? [...chips, {value: OTHER, label: _t("Other")}]
      : chips;
  }

  worthOf(amount) {
    return worthOf(this.props.type, amount, (sum) => this.pos.currency.round(sum));
  }

  get isWide() {
    return this.state.isOpen && !this.scan.isTopup;
  }

  get isOther() {
    return this.quote.hasAmounts && this.state.choice === OTHER;
  }

  get amount() {
    if (!this.quote.hasAmounts) {
      return this.quote.price;
    }
    if (!this.isOther) {
      return this.state.choice;
    }
    return this.pos.currency.round(
      readAmount(this.state.other, this.pos.currency.decimal_places) || 0
    );
  }

  get limits() {
    const {amount_min, amount_max} = this.props.type;
    return {low: this.format(amount_min), high: this.format(amount_max)};
  }

  get isInLimits() {
    const {amount_min, amount_max} = this.props.type;
    return this.amount >= amount_min && this.amount <= amount_max;
  }

  /** Why the amount cannot be sold, as a sentence; else "". */
  get problem() {
    const {other} = this.state;
    if (!this.isOther || !other || this.isInLimits) {
      return "";
    }
    return (
      amountProblem(other, this.pos.currency.decimal_places) ||
      _t("Choose an amount from %(low)s to %(high)s.", this.limits)
    );
  }

  /** What the card is worth, once it is known what is paid for it. */
  get worth() {
    return this.canConfirm ? this.worthOf(this.amount) : 0;
  }

  /** Cards alike are sold at once; a printed one is scanned, one by one. */
  get hasCount() {
    return !this.props.line && !this.scan.isPlastic;
  }

  get count() {
    return this.hasCount ? this.state.count : 1;
  }

  get canConfirm() {
    const isAmount = this.isOther ? this.isInLimits : Boolean(this.amount);
    return isAmount && this.scan.isComplete && !this.quote.isBusy;
  }

  get isPrimaryOff() {
    return this.scan.isTyped ? this.scan.isBusy : !this.canConfirm;
  }

  get title() {
    return this.scan.isTopup
      ? _t("Add money to card %s", maskedCode(this.scan.card.last4))
      : _t("Sell a gift card");
  }

  get primaryLabel() {
    if (this.scan.isTyped) {
      return _t("Check the card");
    }
    const action = this.props.line ? _t("Save") : _t("Add to bill");
    const price = this.format(this.amount);
    const sum = this.count > 1 ? `${this.count} × ${price}` : price;
    return this.canConfirm ? `${action}  ·  ${sum}` : action;
  }

  get roadQuestion() {
    const name = this.state.giftcard_recipient.trim();
    return name
      ? _t("How does it reach %s?", name.split(/\s/)[0])
      : _t("How does it reach you?");
  }

  get counter() {
    return _t("%(count)s of %(most)s", {
      count: this.state.giftcard_message.length,
      most: MESSAGE_LENGTH,
    });
  }

  get limitsText() {
    return _t("Between %(low)s and %(high)s", this.limits);
  }

  format(amount, options = {}) {
    return formatCurrency(amount, this.pos.currency.id, options);
  }

  // === ACTIONS === //

  /** Digits typed at once mean another amount. */
  type(key) {
    if (!this.props.type.is_free_amount || !this.quote.hasAmounts) {
      return;
    }
    this.state.other = typeAmount(this.state.other, key, {
      isFresh: !this.isOther,
      decimalPoint: localization.decimalPoint,
      decimals: this.pos.currency.decimal_places,
    });
    this.state.choice = OTHER;
  }

  /** One tab stop for all amounts; arrows move in it. */
  onChipKey(event) {
    const all = [...this.chipsRef.el.children];
    const index = moveByArrow(event, all);
    if (index >= 0) {
      this.state.choice = this.chips[index].value;
    }
  }

  takeAnother() {
    this.scan.takeAnother();
    this.state.isOpen = true;
  }

  /** A scanner types into the field that has the focus: its code is no name. */
  onText({target}) {
    const code = takeCodeOut(target);
    return code && this.scan.onScan(code);
  }

  confirm() {
    if (this.scan.isTyped) {
      this.scan.check(this.scan.code);
    } else if (this.canConfirm) {
      this.sell();
    }
  }

  /** Close with the values of the bill line; what the server has to price, it prices. */
  async sell() {
    if (this.quote.isAmountOpen && !(await this.quote.load(this.amount))) {
      return;
    }
    const {amount, scan, state, quote} = this;
    const worth = this.worthOf(amount);
    const values = {
      ...saleValues({amount, worth, scan, texts: state}),
      ...(quote.response && {quote: quote.response}),
    };
    this.props.getPayload({values, count: this.count});
    this.props.close();
  }
}
