/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {simulateBarCode} from "@barcodes/../tests/legacy/helpers";
import {ConnectionLostError} from "@web/core/network/rpc";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";

/** Codes that `tests/test_tours.py` gives to its cards. */
export const HUNDRED = "GC7K4MQX9TRV2HWD3P";
export const FIFTY = "GC3N8RB5ZC7YQ1M4RX";
export const EMPTY = "GC000000000000ZER0";
export const BLOCKED = "GC2222222222228XBK";

const DIALOG = ".modal:not(.o_inactive_modal)";

export function run(content, action) {
  return {content, trigger: "body", run: action};
}

export function press(key) {
  return {content: `press ${key}`, trigger: "body", run: `press ${key}`};
}

/** A scanner: quick keys on whatever has the focus, then Enter. */
export function scan(code) {
  return run(`scan ${code}`, () => {
    simulateBarCode([...code, "Enter"], document.activeElement || document.body);
  });
}

export function start(...products) {
  return [
    {
      content: "the till has loaded, on a busy machine too",
      trigger: ".screen-login .btn.open-register-btn",
      timeout: 60000,
    },
    Chrome.startPoS(),
    Dialog.confirm("Open Register"),
    products.map((name) => ProductScreen.clickDisplayedProduct(name)),
    products.length ? ProductScreen.clickPayButton() : [],
  ].flat(2);
}

export function payRestInCash() {
  return [
    PaymentScreen.clickPaymentMethod("Cash"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
  ].flat();
}

/** The server does what it is asked, but the till hears nothing of it. */
export function loseNextAnswer(lostMethod) {
  return run(`lose the next answer of ${lostMethod}`, () => {
    const {data} = posmodel;
    const original = data.call;
    data.call = async function (model, method) {
      const answer = await original.apply(this, arguments);
      if (method === lostMethod) {
        data.call = original;
        throw new ConnectionLostError(method);
      }
      return answer;
    };
  });
}

// === DECISIONS === //

let decisions = 0;

function count(event) {
  const isTyping = event.target.matches?.("input, textarea");
  if (!isTyping && (event.type === "click" || event.key === "Enter")) {
    decisions += 1;
  }
}

/** Count what the cashier decides: clicks and Enter; typing a code is none. */
export function startCounting() {
  return run("start counting decisions", () => {
    decisions = 0;
    window.addEventListener("click", count, true);
    window.addEventListener("keydown", count, true);
  });
}

export function decisionsAre(expected) {
  return run(`${expected} decisions`, () => {
    window.removeEventListener("click", count, true);
    window.removeEventListener("keydown", count, true);
    if (decisions !== expected) {
      throw new Error(`${decisions} decisions instead of ${expected}`);
    }
  });
}

// === DIALOGS === //

export function primaryIs(label) {
  return {
    content: `primary button says ${label}`,
    trigger: `${DIALOG} .o_giftcard_primary:not([disabled]):contains("${label}")`,
  };
}

export function clickPrimary(label) {
  return {...primaryIs(label), run: "click"};
}

export function primaryIsOff() {
  return {
    content: "primary button is off",
    trigger: `${DIALOG} .o_giftcard_primary[disabled]`,
  };
}

export function typeCode(code) {
  return [
    {
      content: `type ${code}`,
      trigger: `${DIALOG} .o_giftcard_code`,
      run: `edit ${code}`,
    },
    {
      content: "Enter ends the code",
      trigger: `${DIALOG} .o_giftcard_code`,
      run: "press Enter",
    },
  ];
}

export function noticeIs(text) {
  return {
    content: `the dialog says ${text}`,
    trigger: `${DIALOG} .o_giftcard_notice:contains("${text}")`,
  };
}

export function titleIs(text) {
  return {
    content: `the dialog is about ${text}`,
    trigger: `${DIALOG} .modal-title:contains("${text}")`,
  };
}

export function balanceIs(amount) {
  return {
    content: `balance is ${amount}`,
    trigger: `${DIALOG} .o_giftcard_balance:contains("${amount}")`,
  };
}

export function clickDigits(digits) {
  return [...digits].map((digit) => ({
    content: `click ${digit}`,
    trigger: `${DIALOG} .numpad button:contains(/^${digit}$/)`,
    run: "click",
  }));
}

export function sumsAre(left, still) {
  return [
    {
      content: `${left} left on the card`,
      trigger: `${DIALOG} .o_giftcard_remaining:contains("${left}")`,
    },
    {
      content: `${still} still to pay`,
      trigger: `${DIALOG} .o_giftcard_still:contains("${still}")`,
    },
  ];
}

export function discard() {
  return {
    content: "discard",
    trigger: `${DIALOG} .modal-footer .btn-secondary`,
    run: "click",
  };
}

export function noDialog() {
  return {content: "no dialog is open", trigger: "body:not(:has(.modal))"};
}

export function alertIs(text) {
  return [
    {
      content: `the cashier reads ${text}`,
      trigger: `${DIALOG} .modal-body:contains("${text}")`,
    },
    {
      content: "close the message",
      trigger: `${DIALOG} .modal-footer .btn-primary`,
      run: "click",
    },
  ];
}

// === PAYMENT SCREEN === //

export function tender() {
  return {
    content: "tap the gift card method",
    trigger: '.paymentmethods .paymentmethod:contains("Gift card or code")',
    run: "click",
  };
}

function line(last4) {
  return `.paymentlines .o_giftcard_payment:contains("••${last4}")`;
}

export function lineIs(last4, amount, left) {
  return [
    {
      content: `card ${last4} pays ${amount}`,
      trigger: `${line(last4)} .payment-amount:contains("${amount}")`,
    },
    ...(left
      ? [
          {
            content: `${left} left on it`,
            trigger: `${line(last4)} .o_giftcard_line_remaining:contains("${left}")`,
          },
        ]
      : []),
  ];
}

export function changeAmount(last4) {
  return {
    content: "change amount",
    trigger: `${line(last4)} .o_giftcard_change_amount`,
    run: "click",
  };
}

export function undo(last4) {
  return {
    content: `take card ${last4} off the bill`,
    trigger: `${line(last4)} .delete-button`,
    run: "click",
  };
}

export function noLine() {
  return {
    content: "no card is on the bill",
    trigger: ".payment-screen:not(:has(.o_giftcard_payment))",
  };
}

export function noForceDone() {
  return {
    content: "nobody can force it done",
    trigger: ".payment-screen:not(:has(.send_force_done))",
  };
}

export function toldThat(text) {
  return {
    content: `told: ${text}`,
    trigger: `.o_notification:contains("${text}")`,
  };
}

// === RECEIPT === //

export function receiptHas(selector, text) {
  return {
    content: `receipt has ${text}`,
    trigger: `.receipt-screen .pos-receipt ${selector}:contains("${text}")`,
  };
}
