/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {Dialog} from "@web/core/dialog/dialog";
import {useChildRef} from "@web/core/utils/hooks";
import {Numpad} from "@point_of_sale/app/components/numpad/numpad";
import {useBarcodeReader} from "@point_of_sale/app/hooks/barcode_reader_hook";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {
  Component,
  onMounted,
  onWillUnmount,
  useEffect,
  useRef,
  useState,
} from "@odoo/owl";
import {GiftcardClientCards} from "@giftcard_salon/app/components/giftcard_client_cards/giftcard_client_cards";
import {GiftcardCodeField} from "@giftcard_salon/app/components/giftcard_code_field/giftcard_code_field";
import {GiftcardSummary} from "@giftcard_salon/app/components/giftcard_summary/giftcard_summary";
import {GiftcardNotice} from "@giftcard_salon/app/components/giftcard_notice/giftcard_notice";
import {GiftcardParked} from "@giftcard_salon/app/components/giftcard_parked/giftcard_parked";
import {GiftcardTitle} from "@giftcard_salon/app/components/giftcard_title/giftcard_title";
import {codeProblem, normaliseCode} from "@giftcard_salon/app/giftcard/card_code";
import {cardTitle} from "@giftcard_salon/app/giftcard/card_summary";
import {
  SCAN_LENGTH,
  moveByArrow,
  useAmountKeys,
} from "@giftcard_salon/app/giftcard/dialog_keys";
import {GiftcardAttempt} from "@giftcard_salon/app/giftcard/attempt";
import {choiceForCard} from "@giftcard_salon/app/giftcard/choice_for_card";

/**
 * Ask for a card, show what it is, choose the amount, hold it.
 *
 * The payment line is made here, with the hold. Closing without one leaves nothing.
 */
export class GiftcardRedeemDialog extends Component {
  static template = "giftcard_salon.GiftcardRedeemDialog";
  static components = {
    Dialog,
    GiftcardClientCards,
    GiftcardCodeField,
    GiftcardSummary,
    GiftcardNotice,
    GiftcardParked,
    GiftcardTitle,
    Numpad,
  };
  static props = {
    order: Object,
    paymentMethod: Object,
    code: {type: String, optional: true},
    line: {type: Object, optional: true},
    close: Function,
  };

  setup() {
    this.pos = usePos();
    this.modalRef = useChildRef();
    this.amountRef = useRef("amount");
    this.state = useState({code: "", choice: null, busy: false, notice: null});
    this.line = this.props.line;
    this.attempt = null;
    this.scans = Promise.resolve();
    useBarcodeReader({giftcard: this.onScan}, true);
    useAmountKeys({onKey: this.type, onEnter: this.confirm});
    useEffect(
      () => this.showChoice(),
      () => [this.state.choice]
    );
    onMounted(() => this.start());
    onWillUnmount(() => this.leave());
  }

  start() {
    const dialog = this.modalRef.el;
    dialog.setAttribute("aria-labelledby", this.titleId);
    if (this.line) {
      this.attempt = this.newAttempt({line: this.line});
      this.show(this.line.giftcardCard);
    } else if (this.props.code) {
      this.onScan(this.props.code);
    }
  }

  /** Focus where the cashier decides; the keys of the pad are no stops on the way. */
  showChoice() {
    const dialog = this.modalRef.el;
    dialog.querySelectorAll(".numpad button").forEach((key) => (key.tabIndex = -1));
    if (this.state.choice) {
      const first = dialog.querySelector(".o_giftcard_redemptions input:checked");
      (first || this.amountRef.el || dialog).focus({preventScroll: true});
    }
  }

  /** What was asked for and has no line is given back. */
  leave() {
    this.isAbandoned = true;
    return this.attempt
      ? this.attempt.abandon()
      : this.terminal.client.releaseOrphans();
  }

  newAttempt({code, line}) {
    const {order, paymentMethod} = this.props;
    const isWanted = () => !this.isAbandoned;
    return new GiftcardAttempt({code, order, paymentMethod, line, isWanted});
  }

  // === GETTERS === //

  get terminal() {
    return this.props.paymentMethod.payment_terminal;
  }

  get titleId() {
    return `giftcard_title_${this.env.dialogData.id}`;
  }

  get title() {
    const card = this.state.choice?.card;
    return card ? cardTitle(card) : _t("Gift card or code");
  }

  /** The one message of the moment: the worst first. */
  get notice() {
    const {choice, notice} = this.state;
    const {warning, sentence} = (!this.isRefused && choice) || {};
    const said = warning
      ? {problem: "warning", text: warning}
      : sentence && {problem: "done", text: sentence};
    return notice || said || null;
  }

  get isRefused() {
    return Boolean(this.state.choice?.card.refusal);
  }

  /** A manager may let the card pay, and is asked here. */
  get canAskManager() {
    return this.isRefused && Boolean(this.state.choice.card.can_ask_manager);
  }

  get primaryLabel() {
    const {choice, notice} = this.state;
    if (this.isRefused) {
      return _t("Back to payment");
    }
    if (notice?.problem === "offline" || (notice && !choice)) {
      return _t("Try again");
    }
    return choice ? choice.label : _t("Continue");
  }

  get discardLabel() {
    return this.state.notice?.problem === "offline"
      ? _t("Back to payment")
      : _t("Discard");
  }

  get isPrimaryOff() {
    const {choice, busy} = this.state;
    return busy || Boolean(choice && !this.isRefused && !choice.canRedeem);
  }

  get amountText() {
    const {symbol, position} = this.pos.currency;
    const texts = [this.state.choice.text || "0", symbol];
    return (position === "before" ? texts.reverse() : texts).join("\u00a0");
  }

  format(amount, hasSymbol = true) {
    return this.env.utils.formatCurrency(amount, hasSymbol);
  }

  // === ACTIONS === //

  type(key) {
    const {choice} = this.state;
    if (choice && !this.isRefused) {
      choice.type(key);
      this.state.notice = null;
    }
  }

  /** The primary button and Enter. */
  async confirm() {
    if (this.isPrimaryOff) {
      return;
    }
    if (this.isRefused) {
      this.props.close();
    } else if (!this.state.choice) {
      await this.lookUp(this.state.code);
    } else if (await this.redeemCard()) {
      this.props.close();
    }
  }

  /** A scan accepts the card that is shown and looks up the next one. */
  onScan(code) {
    if (code.length >= SCAN_LENGTH) {
      this.scans = this.scans.then(async () => {
        const {choice} = this.state;
        if (!choice?.canRedeem || this.isRefused || (await this.redeemCard())) {
          await this.lookUp(code);
        }
      });
    }
  }

  /** The uses of a card are one stop of Tab; arrows move among them. */
  onRedemptionKey(event) {
    moveByArrow(event, [
      ...this.modalRef.el.querySelectorAll(".o_giftcard_redemptions input"),
    ]);
  }

  onCode(code) {
    this.state.code = code;
  }

  async lookUp(text) {
    const code = normaliseCode(text);
    this.state.code = text;
    const mistake = codeProblem(text);
    await this.take(code, (attempt) =>
      mistake ? {problem: "refused", text: mistake} : attempt.present()
    );
  }

  /** A card of a client, found by the desk, or the code that was there after all. */
  pick({id, code}) {
    return code
      ? this.lookUp(code)
      : this.take("", () => this.terminal.client.pick(id, this.props.order));
  }

  /** Show the card that a request responds with, or why there is none. */
  async take(code, request) {
    Object.assign(this.state, {choice: null, notice: null});
    this.line = undefined;
    this.attempt?.abandon();
    const attempt = this.newAttempt({code});
    this.attempt = attempt;
    const card = await this.ask(() => request(attempt));
    if (card.problem) {
      this.state.notice = card;
    } else {
      attempt.code = code || card.code;
      this.show(card);
    }
  }

  async askManager() {
    const {order} = this.props;
    const {code} = this.attempt;
    if (await this.pos.approveGiftcard("rescue", order, code)) {
      await this.take(code, () => this.terminal.client.rescue(code, order));
    }
  }

  show(card) {
    const choice = choiceForCard({
      card,
      order: this.props.order,
      line: this.line,
      format: this.format.bind(this),
      getRefusal: this.pos.getGiftcardRefusal.bind(this.pos),
    });
    const {refusal} = choice.card;
    this.state.choice = choice;
    this.state.notice = refusal ? {problem: "refused", text: refusal} : null;
  }

  /** Hold what was chosen. */
  async redeemCard() {
    const {choice} = this.state;
    const response = await this.ask(() => choice.hold(this.attempt));
    this.state.notice = response.problem ? response : null;
    return !response.problem;
  }

  async ask(request) {
    this.state.busy = true;
    try {
      return await request();
    } finally {
      this.state.busy = false;
    }
  }
}
