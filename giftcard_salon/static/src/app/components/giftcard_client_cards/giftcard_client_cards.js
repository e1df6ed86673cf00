/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {usePos} from "@point_of_sale/app/hooks/pos_hook";
import {Component, onMounted, useState} from "@odoo/owl";
import {GiftcardNotice} from "@giftcard_salon/app/components/giftcard_notice/giftcard_notice";
import {cardRow} from "@giftcard_salon/app/giftcard/card_summary";

/**
 * What the client on the bill can still use, without a code: for the desk.
 *
 * Where employees share the till every look needs a PIN, so there it is asked for.
 */
export class GiftcardClientCards extends Component {
  static template = "giftcard_salon.GiftcardClientCards";
  static components = {GiftcardNotice};
  static props = {
    order: Object,
    onPick: Function,
  };

  setup() {
    this.pos = usePos();
    this.state = useState({cards: null, isBusy: false, notice: null});
    onMounted(() => !this.pos.config.module_pos_hr && this.load());
  }

  // === GETTERS === //

  /** A client that the server knows. */
  get client() {
    const {partner_id: client} = this.props.order;
    return typeof client?.id === "number" ? client : null;
  }

  get title() {
    return _t("Cards of %s", this.client.name);
  }

  get rows() {
    const format = (amount) => this.env.utils.formatCurrency(amount);
    return this.state.cards.map((card) => cardRow(card, format));
  }

  // === ACTIONS === //

  async load() {
    if (!this.client || this.state.isBusy) {
      return;
    }
    this.state.isBusy = true;
    const response = await this.pos.askAboutGiftcards(
      "giftcard_cards_of",
      this.client.id,
      this.pos.session.id
    );
    const notice = response.problem ? response : null;
    Object.assign(this.state, {
      isBusy: false,
      notice,
      cards: notice ? null : response,
    });
  }

  findAnother() {
    this.pos.findGiftcard({onPick: this.props.onPick});
  }
}
