/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";
import {NumberPopup} from "@point_of_sale/app/components/popups/number_popup/number_popup";
import {PosStore} from "@point_of_sale/app/services/pos_store";
import {SelectionPopup} from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import {makeAwaitable} from "@point_of_sale/app/utils/make_awaitable_dialog";
import {patch} from "@web/core/utils/patch";

/** Where employees share a till: who has the right says so with their PIN. */
patch(PosStore.prototype, {
  /**
   * Let somebody approve one act; the server compares the PIN.
   *
   * @param {string} purpose as the server named it
   * @param {Object} [order] the bill, for all but the desk
   * @param {string} [code] of the card that is let pay
   * @returns {Promise<boolean>} whether it was approved
   */
  async approveGiftcard(purpose, order, code = "") {
    const employee = await this.chooseGiftcardApprover(purpose);
    const pin =
      employee &&
      (await makeAwaitable(this.dialog, NumberPopup, {
        title: _t("PIN of %s", employee.name),
        formatDisplayedValue: (typed) => typed.replace(/./g, "•"),
      }));
    if (!pin) {
      return false;
    }
    const response = await this.askAboutGiftcards("giftcard_approve", {
      session_id: this.session.id,
      purpose,
      employee_id: employee.id,
      pin: String(pin),
      order_uuid: order?.uuid || "",
      code,
    });
    if (response.problem) {
      this.showGiftcardMessage(response.text);
    }
    return !response.problem;
  },

  async chooseGiftcardApprover(purpose) {
    const people = await this.askAboutGiftcards(
      "giftcard_approvers",
      this.session.id,
      purpose
    );
    if (people.problem || !people.length) {
      return this.showGiftcardMessage(
        people.text ||
          _t(
            "Nobody at this till can approve this: it takes the right and a PIN. Ask whoever looks after the employees."
          )
      );
    }
    return people.length === 1
      ? people[0]
      : makeAwaitable(this.dialog, SelectionPopup, {
          title: _t("Who approves?"),
          list: people.map((item) => ({id: item.id, label: item.name, item})),
        });
  },
});
