import {Component} from "@odoo/owl";
import {cardUses} from "@giftcard_salon/app/giftcard/card_summary";

/** The last uses of a card: what, when, where, how much. */
export class GiftcardUses extends Component {
  static template = "giftcard_salon.GiftcardUses";
  static props = {
    uses: Array,
    isOwn: {type: Boolean, optional: true},
  };

  get uses() {
    return cardUses(this.props.uses, (amount) => this.env.utils.formatCurrency(amount));
  }
}
