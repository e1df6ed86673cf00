/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {ConnectionLostError} from "@web/core/network/rpc";
import * as Offline from "@point_of_sale/../tests/generic_helpers/offline_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as Giftcard from "@giftcard_salon/../tests/tours/utils/giftcard_util";

/** How long a step may take on a busy machine, in milliseconds. */
export const PATIENCE = 30000;

/** The card of 100.00 that `tests/browser/tour_common.py` makes for a trap. */
export function codeOf(last4) {
  return `GC7K4MQX9TRV2H${last4}`;
}

/** Another bill on the payment screen; the one before stays as it is. */
export function nextBill(...products) {
  return [
    Giftcard.run("start another bill", () => {
      const order = posmodel.addNewOrder();
      posmodel.navigate("ProductScreen", {orderUuid: order.uuid});
    }),
    ProductScreen.orderIsEmpty(),
    products.map((name) => ProductScreen.clickDisplayedProduct(name)),
    products.length ? ProductScreen.clickPayButton() : [],
  ].flat(2);
}

/** Scan the card of a trap and use what the dialog proposes. */
export function useCard(last4, amount) {
  return [
    Giftcard.scan(codeOf(last4)),
    Giftcard.clickPrimary(`Use $ ${amount}`),
    Giftcard.noDialog(),
    Giftcard.lineIs(last4, amount),
  ].flat();
}

export function validate() {
  return [PaymentScreen.clickValidate(), {trigger: ".receipt-screen .pos-receipt"}];
}

/** Fail the tour with a sentence unless `isTrue` comes true within five seconds. */
export function expect(content, isTrue) {
  return Giftcard.run(content, async () => {
    for (let tries = 0; !isTrue(); tries++) {
      if (tries === 50) {
        throw new Error(`Expected: ${content}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
}

export function lineOf(last4) {
  return posmodel.getOrder().payment_ids.find((line) => line.giftcard_last4 === last4);
}

export function setStatus(last4, status) {
  return Giftcard.run(`the line of ${last4} is left as ${status}`, () =>
    lineOf(last4).setPaymentStatus(status)
  );
}

// === WHAT GOES WRONG BETWEEN TILL AND SERVER === //

/** Odoo's own "Connection Lost" comes once, whenever anything fails: not here. */
function withoutWarning() {
  return Giftcard.run("the outage is known", () => {
    posmodel.data.network.warningTriggered = true;
  });
}

export function goOffline() {
  return [withoutWarning(), Offline.setOfflineMode()];
}

export function goOnline() {
  return Offline.setOnlineMode();
}

let restore = null;
let letThrough = null;

/**
 * Put something between the till and the server, for one method.
 *
 * @param {string} method
 * @param {Function} wrap gets a function that sends the request
 */
function intercept(method, wrap) {
  const {data} = posmodel;
  const original = data.call;
  restore = () => (data.call = original);
  data.call = function (model, called) {
    const send = () => original.apply(this, arguments);
    return called === method ? wrap(send) : send();
  };
}

export function backToNormal() {
  return Giftcard.run("the line is good again", () => restore());
}

/** The server does what it is asked; the till never hears of it. */
export function loseAnswers(method) {
  return Giftcard.run(`all answers of ${method} are lost`, () =>
    intercept(method, async (send) => {
      await send();
      throw new ConnectionLostError(method);
    })
  );
}

/** An answer that a bill waits for is lost: Odoo says so on the console, too. */
export function loseAnswerOfBill() {
  return [
    withoutWarning(),
    Giftcard.loseNextAnswer("sync_from_ui"),
    Giftcard.run("a lost connection is no fault of the till", () => {
      const {error} = console;
      // goOnline() puts it back
      console.error = (...args) =>
        String(args[0]).includes("ConnectionLostError") || error.apply(console, args);
    }),
  ];
}

/** Requests wait until they are let through. */
export function hang(method) {
  return Giftcard.run(`${method} hangs`, () => {
    const gate = new Promise((resolve) => (letThrough = resolve));
    intercept(method, (send) => gate.then(send));
  });
}

export function endHanging() {
  return Giftcard.run("what hung goes through", () => {
    restore();
    letThrough();
  });
}

export function fail(method) {
  return Giftcard.run(`${method} fails as no code foresees`, () =>
    intercept(method, async () => {
      throw new TypeError("nobody foresaw this");
    })
  );
}

export function waitAtMost(milliseconds) {
  return Giftcard.run(`the till waits for ${milliseconds} ms`, () => {
    client().responseTimeout = milliseconds;
  });
}

/** Ask the server past the screen, as another till would. */
export function callServer(method, ...args) {
  const {id} = posmodel.giftcardMethods[0];
  return posmodel.data.orm.call("pos.payment.method", method, [[id], ...args]);
}

export function client() {
  return posmodel.giftcardMethods[0].payment_terminal.client;
}

/** What the till has asked for and has not seen the end of. */
export function notedHolds() {
  const open = posmodel.models["pos.payment"].filter((line) => line.isGiftcard);
  const known = open.map((line) => line.uuid);
  return Object.keys(client().noted.read()).filter((key) => !known.includes(key));
}

/** The browser finds the server again, as it does by itself every two seconds. */
export function connectionIsBack() {
  return Giftcard.run("the connection is back", () =>
    posmodel.data.checkConnectivity()
  );
}

export function allIsSynced() {
  return expect(
    "every bill has reached the server",
    () => !posmodel.models["pos.order"].some((order) => order.isUnsyncedPaid)
  );
}

const requests = [];

/** Note what the till asks the server about cards, and its bills. */
export function startCountingRequests() {
  return Giftcard.run("count requests", () => {
    const {data} = posmodel;
    const original = data.call;
    requests.length = 0;
    data.call = function (model, method) {
      if (/^giftcard_|^sync_from_ui$/.test(method)) {
        requests.push(method);
      }
      return original.apply(this, arguments);
    };
  });
}

export function requestsAre(...expected) {
  return Giftcard.run(`requests: ${expected}`, () => {
    if (String(requests) !== String(expected)) {
      throw new Error(`The till asked ${requests}.`);
    }
  });
}
