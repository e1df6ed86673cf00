import {Component} from "@odoo/owl";
import {cardBalance, cardFacts} from "@giftcard_salon/app/giftcard/card_summary";

/** What is on a card, then what else a cashier may want to know of it. */
export class GiftcardFacts extends Component {
  static template = "giftcard_salon.GiftcardFacts";
  static props = {
    card: Object,
  };

  get facts() {
    return cardFacts({...this.props.card, format: this.format.bind(this)});
  }

  get balance() {
    return cardBalance(this.props.card, this.format.bind(this));
  }

  format(amount) {
    return this.env.utils.formatCurrency(amount);
  }
}
