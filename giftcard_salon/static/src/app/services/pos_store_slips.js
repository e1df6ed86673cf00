/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {patch} from "@web/core/utils/patch";
import {GiftcardSlip} from "@giftcard_salon/app/components/giftcard_slip/giftcard_slip";
import {maskedCode} from "@giftcard_salon/app/giftcard/card_code";
import {soldSlips} from "@giftcard_salon/app/giftcard/sale/sold_slips";

/** What the printer service was given to print stays in the page until the next. */
function clearPrinted() {
  document.querySelector(".render-container")?.replaceChildren();
}

/** Slips of cards, each on a paper of its own. */
patch(PosStore.prototype, {
  /** Who gave a card out, on its slip: the salon of this till and its phone. */
  get giftcardSalon() {
    const names = [this.company.name, this.config.raw._giftcard_salon];
    const salon = [...new Set(names.filter(Boolean))].join(" · ");
    return {salon, phone: this.company.phone || ""};
  },

  /**
   * Print the slip of a card again, and forget its code.
   *
   * @param {Object} card that was found
   * @returns {Promise<Object>} `{problem, text}` to show; null when the printer told
   */
  async printGiftcardAgain(card) {
    const slip = await this.askAboutGiftcards(
      "giftcard_reprint",
      card.id,
      this.session.id
    );
    if (slip.problem) {
      return slip;
    }
    const isPrinted = await this.printGiftcardSlip(slip);
    const text = _t("The slip of card %s is printed.", maskedCode(slip.last4));
    return isPrinted ? {problem: "done", text} : null;
  },

  /** Print the cards that a bill sold, one by one; their codes stay on its receipt. */
  async printGiftcardsSold(order) {
    for (const slip of soldSlips(order)) {
      const isOut = new Promise((resolve) =>
        window.addEventListener("afterprint", resolve, {once: true})
      );
      const result = await this.printGiftcardSlip(slip);
      if (!result) {
        return;
      }
      // a browser has one page to print: the next slip waits for it
      await (result === true && isOut);
    }
  },

  async printGiftcardSlip(slip) {
    const props = {slip, ...this.giftcardSalon};
    // the browser prints later than it answers
    window.addEventListener("afterprint", clearPrinted, {once: true});
    let result = false;
    try {
      result = await this.printer.print(GiftcardSlip, props, this.printOptions);
    } finally {
      slip.code = "";
      if (result !== true) {
        window.removeEventListener("afterprint", clearPrinted);
        clearPrinted();
      }
    }
    return result;
  },
});
