import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {Dialog} from "@web/core/dialog/dialog";
import {useChildRef} from "@web/core/utils/hooks";
import {uuidv4} from "@point_of_sale/utils";
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
import {GiftcardCodeField} from "@giftcard_salon/app/components/giftcard_code_field/giftcard_code_field";
import {GiftcardFacts} from "@giftcard_salon/app/components/giftcard_facts/giftcard_facts";
import {GiftcardNotice} from "@giftcard_salon/app/components/giftcard_notice/giftcard_notice";
import {GiftcardTitle} from "@giftcard_salon/app/components/giftcard_title/giftcard_title";
import {codeProblem, normaliseCode} from "@giftcard_salon/app/giftcard/card_code";
import {cardTitle} from "@giftcard_salon/app/giftcard/card_summary";
import {SCAN_LENGTH, useAmountKeys} from "@giftcard_salon/app/giftcard/dialog_keys";
import {GiftcardChange} from "@giftcard_salon/app/giftcard/conversion/choice";
import {GiftcardParts} from "@giftcard_salon/app/giftcard/deduction/choice";
import {changeGiftcard} from "@giftcard_salon/app/giftcard/conversion/holds";
import {GiftcardUse} from "@giftcard_salon/app/giftcard/tender/choice";

/**
 * Ask for a card, show what it is, choose the amount, hold it.
 *
 * The payment line is made here, with the hold. Closing without one leaves nothing.
 */
export class GiftcardRedeemDialog extends Component {
  static template = "giftcard_salon.GiftcardRedeemDialog";
  static components = {
    Dialog,
    GiftcardCodeField,
    GiftcardFacts,
    GiftcardNotice,
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
    this.state = useState({code: "", use: null, busy: false, notice: null});
    this.line = this.props.line;
    this.attempt = null;
    this.scans = Promise.resolve();
    useBarcodeReader({giftcard: this.onScan}, true);
    useAmountKeys({onKey: this.type, onEnter: this.confirm});
    useEffect(
      () => this.amountRef.el?.focus(),
      () => [this.state.use]
    );
    onMounted(() => this.start());
    onWillUnmount(() => this.leave());
  }

  start() {
    const dialog = this.modalRef.el;
    dialog.setAttribute("aria-labelledby", this.titleId);
    if (this.line) {
      const {giftcardValue, giftcard_left, giftcard_last4, giftcard_pays_tips} =
        this.line;
      const available = this.props.order.currency.round(giftcardValue + giftcard_left);
      const facts = this.terminal.client.cards.get(this.line.uuid);
      this.show({
        ...facts,
        last4: giftcard_last4,
        pays_tips: giftcard_pays_tips,
        available,
      });
    } else if (this.props.code) {
      this.onScan(this.props.code);
    }
  }

  /** What was asked for and has no line is given back. */
  leave() {
    this.isLeft = true;
    this.terminal.client.releaseOrphans();
  }

  // === GETTERS === //

  get terminal() {
    return this.props.paymentMethod.payment_terminal;
  }

  get titleId() {
    return `giftcard_title_${this.env.dialogData.id}`;
  }

  get title() {
    const card = this.state.use?.card;
    return card ? cardTitle(card) : _t("Gift card or code");
  }

  /** The one message of the moment: the worst first. */
  get notice() {
    const {use, notice} = this.state;
    const {warning, sentence} = (!this.isRefused && use) || {};
    const said = warning
      ? {problem: "warning", text: warning}
      : sentence && {problem: "done", text: sentence};
    return notice || said || null;
  }

  get isRefused() {
    return Boolean(this.state.use?.card.refusal);
  }

  get primaryLabel() {
    const {use, notice} = this.state;
    if (this.isRefused) {
      return _t("Back to payment");
    }
    if (notice?.problem === "offline" || (notice && !use)) {
      return _t("Try again");
    }
    return use ? use.label : _t("Continue");
  }

  get discardLabel() {
    return this.state.notice?.problem === "offline"
      ? _t("Back to payment")
      : _t("Discard");
  }

  get isPrimaryOff() {
    const {use, busy} = this.state;
    return busy || Boolean(use && !this.isRefused && !use.canUse);
  }

  get amountText() {
    const {symbol, position} = this.pos.currency;
    const parts = [this.state.use.text || "0", symbol];
    return (position === "before" ? parts.reverse() : parts).join("\u00a0");
  }

  format(amount, hasSymbol = true) {
    return this.env.utils.formatCurrency(amount, hasSymbol);
  }

  // === ACTIONS === //

  type(key) {
    const {use} = this.state;
    if (use && !this.isRefused) {
      use.type(key);
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
    } else if (!this.state.use) {
      await this.lookUp(this.state.code);
    } else if (await this.useCard()) {
      this.props.close();
    }
  }

  /** A scan accepts the card that is shown and looks up the next one. */
  onScan(code) {
    if (code.length >= SCAN_LENGTH) {
      this.scans = this.scans.then(async () => {
        const {use} = this.state;
        if (!use?.canUse || this.isRefused || (await this.useCard())) {
          await this.lookUp(code);
        }
      });
    }
  }

  onCode(code) {
    this.state.code = code;
  }

  async lookUp(text) {
    const code = normaliseCode(text);
    Object.assign(this.state, {code: text, use: null, notice: null});
    this.line = undefined;
    const mistake = codeProblem(text);
    const card = mistake
      ? {problem: "refused", text: mistake}
      : await this.ask(() => this.terminal.client.lookup(code, this.props.order));
    if (card.problem) {
      this.state.notice = card;
    } else {
      this.attempt = {key: uuidv4(), revision: 0, code};
      this.show(card);
    }
  }

  show(card) {
    const {order} = this.props;
    const due = order.getGiftcardDueOf(card, this.line);
    const refusal =
      card.refusal || (due > 0 ? "" : this.pos.getGiftcardRefusal(order, card));
    if (card.settles === "deduction" && !card.refusal) {
      this.showParts(card);
      return;
    }
    this.state.use = new GiftcardUse({
      card: {...card, refusal},
      order,
      line: this.line,
      format: this.format.bind(this),
      decimalPoint: localization.decimalPoint,
    });
    this.state.notice = refusal ? {problem: "refused", text: refusal} : null;
  }

  /** A single-purpose card: what it pays of the bill, else what it may become. */
  showParts(card) {
    const {order} = this.props;
    const format = this.format.bind(this);
    const parts = new GiftcardParts({card, order, format});
    const use = parts.uses.length ? parts : new GiftcardChange({card, order, format});
    const refusal = use.canUse ? "" : this.pos.getGiftcardRefusal(order, card);
    use.card = {...card, refusal};
    this.state.use = use;
    this.state.notice = refusal ? {problem: "refused", text: refusal} : null;
  }

  /** Hold the parts that were chosen; the pairs of lines appear with them. */
  useParts() {
    const {order, paymentMethod} = this.props;
    const {use} = this.state;
    const {giftcardPairs: pairs} = this.pos;
    const {code, isWanted = () => !this.isLeft} = this.attempt;
    return use.isChange
      ? changeGiftcard(pairs, {order, change: use, code, paymentMethod, isWanted})
      : pairs.use(order, use, code, isWanted);
  }

  /** Hold the amount; the line appears with the hold. */
  async useCard() {
    const {amount, isParts} = this.state.use;
    const answer = await this.ask(() => {
      if (isParts) {
        return this.useParts();
      }
      return this.line ? this.terminal.change(this.line, amount) : this.holdNew(amount);
    });
    this.state.notice = answer.problem ? answer : null;
    return !answer.problem;
  }

  /** Ask for a new hold; the same again when only the answer was lost. */
  async holdNew(amount) {
    const {order, paymentMethod} = this.props;
    const {attempt} = this;
    if (attempt.amount !== amount) {
      Object.assign(attempt, {amount, revision: attempt.revision + 1});
    }
    const {card} = this.state.use;
    const answer = await this.terminal.holdNew(order, attempt, card);
    if (this.isLeft) {
      this.leave();
    } else if (!answer.problem) {
      order.addGiftcardUse(paymentMethod, answer, card, answer.rates);
    }
    return answer;
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
