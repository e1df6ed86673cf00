import {Component} from "@odoo/owl";
import {cardFacts} from "@giftcard_salon/app/utils/giftcard_facts";

/** What is on a card, then what else a cashier may want to know of it. */
export class GiftcardFacts extends Component {
  static template = "giftcard_salon.GiftcardFacts";
  static props = {
    card: Object,
  };

  get facts() {
    return cardFacts(this.props.card);
  }

  get balance() {
    return this.env.utils.formatCurrency(this.props.card.available);
  }
}
