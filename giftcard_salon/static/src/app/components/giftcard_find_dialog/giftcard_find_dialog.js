/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";
import {Dialog} from "@web/core/dialog/dialog";
import {useChildRef} from "@web/core/utils/hooks";
import {useBarcodeReader} from "@point_of_sale/app/hooks/barcode_reader_hook";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {Component, onMounted, useEffect, useRef, useState} from "@odoo/owl";
import {GiftcardNotice} from "@giftcard_salon/app/components/giftcard_notice/giftcard_notice";
import {GiftcardTitle} from "@giftcard_salon/app/components/giftcard_title/giftcard_title";
import {validityText} from "@giftcard_salon/app/giftcard/sale/amount";
import {isGiftcardCode, maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {
  cardBalance,
  foundCardSummary,
  isCodeUsable,
  entitlementTexts,
  statusPill,
} from "@giftcard_salon/app/giftcard/card_summary";
import {SCAN_LENGTH, useAmountKeys} from "@giftcard_salon/app/giftcard/dialog_keys";

const LEAST_QUERY = 3;
const MOST_FOUND = 20;

/** Find a card without its code, and give the client a new slip or an e-mail. */
export class GiftcardFindDialog extends Component {
  static template = "giftcard_salon.GiftcardFindDialog";
  static components = {Dialog, GiftcardNotice, GiftcardTitle};
  static props = {
    // what to do with a card that was found, where one is asked for
    onPick: {type: Function, optional: true},
    close: Function,
  };

  setup() {
    this.pos = usePos();
    this.modalRef = useChildRef();
    this.queryRef = useRef("query");
    // done: what was done last, and for which card
    this.state = useState({
      query: "",
      cards: null,
      isSearching: false,
      isHelping: false,
      notice: null,
      done: null,
    });
    useBarcodeReader({giftcard: this.onScan}, true);
    useAmountKeys({onKey: () => {}, onEnter: this.search});
    useEffect(
      () => this.showDone(),
      () => [this.state.done]
    );
    onMounted(() => {
      this.modalRef.el.setAttribute("aria-labelledby", this.titleId);
      this.queryRef.el.focus();
    });
  }

  // === GETTERS === //

  get titleId() {
    return `giftcard_title_${this.env.dialogData.id}`;
  }

  get title() {
    return this.props.onPick ? _t("Find another client") : _t("Find a lost card");
  }

  get isBusy() {
    return this.state.isSearching || this.state.isHelping;
  }

  get canSearch() {
    return !this.isBusy && this.state.query.trim().length >= LEAST_QUERY;
  }

  get cards() {
    const format = (amount) => this.env.utils.formatCurrency(amount);
    return this.state.cards.map((card) => ({
      ...card,
      short: maskedCode(card.last4),
      pill: statusPill(card.status),
      remaining: cardBalance(card, format).value,
      entitlements: entitlementTexts(card, format).join(" · "),
      until: validityText(card.valid_until && deserializeDate(card.valid_until)),
      summary: foundCardSummary(card, format).join(" · "),
      isUsable: isCodeUsable(card),
    }));
  }

  get hasMore() {
    return this.state.cards.length === MOST_FOUND;
  }

  // === ACTIONS === //

  /** The answer may stand below what fits on a phone. */
  showDone() {
    const notice = this.modalRef.el.querySelector(".o_giftcard_row .o_giftcard_notice");
    notice?.scrollIntoView({block: "nearest"});
  }

  /** The primary button and Enter. */
  async search() {
    const query = this.state.query.trim();
    if (isGiftcardCode(query)) {
      this.showBalance(query);
    } else if (this.canSearch) {
      this.state.isSearching = true;
      const response = await this.pos.askAboutGiftcards(
        "giftcard_find",
        query,
        this.pos.session.id
      );
      const notice = response.problem ? response : null;
      const cards = notice ? null : response;
      Object.assign(this.state, {isSearching: false, notice, cards, done: null});
    }
  }

  /** The card is there after all. */
  onScan(code) {
    if (code.length >= SCAN_LENGTH && this.env.dialogData.isActive) {
      this.showBalance(code);
    }
  }

  showBalance(code) {
    if (this.props.onPick) {
      this.pick({code});
      return;
    }
    this.props.close();
    this.pos.showGiftcardBalance(code);
  }

  pick(card) {
    this.props.close();
    this.props.onPick(card);
  }

  printAgain(card) {
    return this.help(card, () => this.pos.printGiftcardAgain(card));
  }

  send(card) {
    return this.help(card, () => this.pos.sendGiftcard(card));
  }

  /** Do something for a card; what came of it is said next to it. */
  async help(card, action) {
    if (this.isBusy) {
      return;
    }
    Object.assign(this.state, {isHelping: true, done: null});
    try {
      const response = await action();
      this.state.done = response && {...response, cardId: card.id};
    } finally {
      this.state.isHelping = false;
    }
  }
}
