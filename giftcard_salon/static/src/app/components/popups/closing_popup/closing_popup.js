import {ClosePosPopup} from "@point_of_sale/app/components/popups/closing_popup/closing_popup";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {patch} from "@web/core/utils/patch";
import {useState} from "@odoo/owl";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";

ClosePosPopup.props = [
  ...ClosePosPopup.props,
  "giftcard_holds?",
  "giftcard_can_release?",
  "giftcard_sold?",
  "giftcard_taken?",
  "giftcard_total?",
];

patch(ClosePosPopup.prototype, {
  setup() {
    super.setup(...arguments);
    this.giftcards = useState({holds: this.props.giftcard_holds || [], busy: false});
  },

  /** The cards that bills of this till still hold, as the cashier reads them. */
  get giftcardHolds() {
    return this.giftcards.holds.map((hold) => ({
      id: hold.id,
      name: maskedCode(hold.last4),
      amount: this.env.utils.formatCurrency(hold.amount),
      bill: hold.bill,
      since: deserializeDateTime(hold.since).toLocaleString(
        luxon.DateTime.DATETIME_SHORT
      ),
    }));
  },

  async releaseGiftcards(ids) {
    this.giftcards.busy = true;
    const released = await this.pos.releaseGiftcardsLeft(ids);
    this.giftcards.holds = this.giftcards.holds.filter(
      (hold) => !released.includes(hold.id)
    );
    this.giftcards.busy = false;
  },
});
