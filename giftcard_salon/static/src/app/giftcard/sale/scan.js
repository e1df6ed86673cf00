/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";
import {
  codeProblem,
  isGiftcardCode,
  maskedCode,
  normaliseCode,
} from "@giftcard_salon/app/giftcard/card_code";
import {SCAN_LENGTH} from "@giftcard_salon/app/giftcard/dialog_keys";
import {lineOfPrintedCard} from "@giftcard_salon/app/giftcard/sale/line_values";

const CODE_AT_THE_END = /GC[0-9A-Z]{16}$/i;

/** Take a code that a scanner typed off the end of a text field; return it, or "". */
export function takeCodeOut(field) {
  const isCodeField = field.matches(".o_giftcard_code");
  const [code] = (!isCodeField && CODE_AT_THE_END.exec(field.value)) || [""];
  if (!isGiftcardCode(code)) {
    return "";
  }
  field.value = field.value.slice(0, -code.length);
  field.dispatchEvent(new InputEvent("input", {bubbles: true}));
  return code;
}

/** The card that is scanned while one is being sold: printed, or to be topped up. */
export class GiftcardSaleScan {
  constructor(pos, {type, line}) {
    Object.assign(this, {pos, type, line});
    this.isPlastic = Boolean(line?.giftcard_reference);
    this.isBusy = false;
    this.code = "";
    this.card = null;
    this.notice = null;
    if (this.isPlastic) {
      this.take(this.cardOf(line));
    }
  }

  /** The answer of the server, as far as the bill line kept it. */
  cardOf(line) {
    const last4 = line.giftcard_scanned_last4;
    const card = maskedCode(last4);
    return {
      purpose: line.giftcard_is_topup ? "topup" : "new",
      reference: line.giftcard_reference,
      last4,
      text: line.giftcard_is_topup
        ? _t("The amount is added to card %s.", card)
        : _t("Printed card %s is ready to sell.", card),
    };
  }

  // === GETTERS === //

  /** A printed card that was checked: it can be sold without the network. */
  get isPrinted() {
    return this.card?.purpose === "new";
  }

  get isTopup() {
    return this.card?.purpose === "topup";
  }

  /** Nobody gets a new code who was promised a printed card. */
  get isComplete() {
    return !this.isBusy && (!this.isPlastic || Boolean(this.card));
  }

  /** A code stands in the field and was not checked yet. */
  get isTyped() {
    return this.isPlastic && !this.card && Boolean(this.code.trim());
  }

  /** How the client gets the card, in the folded details. */
  get roadText() {
    if (this.card) {
      return _t("Printed card %s", maskedCode(this.card.last4));
    }
    return this.isPlastic ? _t("Printed card") : _t("Prints with the receipt");
  }

  /** Money that is added never shortens a card's life. */
  laterOf(day) {
    const validUntil = this.card.valid_until && deserializeDate(this.card.valid_until);
    return day && validUntil && validUntil > day ? validUntil : day;
  }

  // === ACTIONS === //

  typeCode(code) {
    this.code = code;
    this.notice = null;
  }

  /** Sell a new card, with a code of its own. */
  forget() {
    Object.assign(this, {isPlastic: false, card: null, notice: null, code: ""});
  }

  choosePlastic() {
    this.isPlastic = true;
  }

  takeAnother() {
    this.forget();
    this.choosePlastic();
  }

  onScan(code) {
    if (code.length >= SCAN_LENGTH) {
      this.check(code);
    }
    return true;
  }

  async check(text) {
    const mistake = codeProblem(text);
    Object.assign(this, {isPlastic: true, card: null, notice: null, code: ""});
    if (mistake) {
      this.refuse({problem: "refused", text: mistake}, text);
      return;
    }
    this.isBusy = true;
    const asked = (this.asked = Symbol("asked"));
    const response = await this.pos.askAboutGiftcards(
      "giftcard_scan_for_sale",
      normaliseCode(text),
      this.pos.session.id,
      this.type.id
    );
    if (asked === this.asked) {
      this.isBusy = false;
      if (this.isPlastic) {
        this.take(response, text);
      }
    }
  }

  take(response, text = "") {
    const {purpose} = response;
    const lines = this.pos.models["pos.order.line"].getAll();
    if (response.problem || !purpose) {
      this.refuse({problem: "refused", ...response}, text);
    } else if (lineOfPrintedCard(lines, response, this.line)) {
      const sentence = _t(
        "This printed card is on a bill of this till already. Take another one."
      );
      this.refuse({problem: "refused", text: sentence});
    } else {
      this.card = response;
      this.notice = {
        problem: purpose === "topup" ? "info" : "done",
        text: response.text,
      };
    }
  }

  /** What could not be asked stays in the field, to be asked again. */
  refuse({problem, text}, code = "") {
    this.notice = {problem, text};
    this.code = problem === "offline" ? code : "";
  }
}
