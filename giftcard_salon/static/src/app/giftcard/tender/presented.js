/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {taxGroupsForServer} from "@giftcard_salon/app/giftcard/bonus/split";

// milliseconds
const GOOD_FOR = 60000;

/**
 * What a bill has for the card that is presented, and the hold that comes with it.
 *
 * The hold is good for as long as the bill is what it was then, and for a minute:
 * later it is asked for anew, another window of this till may have given it back.
 */
export class PresentedHold {
  constructor(order) {
    this.order = order;
    this.request = this.read();
  }

  /** What the bill has for one more card. */
  read() {
    this.taxGroups = this.order.getGiftcardTaxGroups();
    return {
      payable: {
        with_tips: this.order.getGiftcardDue(true),
        without_tips: this.order.getGiftcardDue(false),
      },
      tax_groups: taxGroupsForServer(this.taxGroups),
      tips: this.order.getGiftcardTips(true),
    };
  }

  /** @returns {PresentedHold|null} this one, when the server held something */
  take(hold) {
    this.hold = hold;
    this.heldAt = performance.now();
    return hold ? this : null;
  }

  /** The server's response as of a hold of this amount; undefined: it is another one. */
  holdOf(amount) {
    const asked = JSON.stringify(this.request);
    const isFresh = performance.now() - this.heldAt < GOOD_FOR;
    const isSame = this.hold.amount === amount && JSON.stringify(this.read()) === asked;
    return isFresh && isSame ? {...this.hold, taxGroups: this.taxGroups} : undefined;
  }
}
