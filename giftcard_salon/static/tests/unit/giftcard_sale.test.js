/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
  fittedAmounts,
  payableByCard,
} from "@giftcard_salon/app/giftcard/tender/payable";
import {
  isSettled,
  lineOfPrintedCard,
  scannedValues,
  soldUntil,
  whatNeedsNetwork,
} from "@giftcard_salon/app/giftcard/sale/line_values";
import {GiftcardSaleScan, takeCodeOut} from "@giftcard_salon/app/giftcard/sale/scan";
import {soldCodes} from "@giftcard_salon/app/giftcard/sale/sold_codes";
import {soldSlips} from "@giftcard_salon/app/giftcard/sale/sold_slips";

const CODE = "GC7K4MQX9TRV2HWD3P";
const round = (amount) => Math.round(amount * 100) / 100;

describe.current.tags("headless");
beforeEach(allowTranslations);

describe("tips", () => {
  // services of 100.00 and a tip of 20.00
  const bill = {withTips: 120, withoutTips: 100};
  const tipping = (amount) => ({amount, paysTips: true});
  const plain = (amount) => ({amount, paysTips: false});

  test("a card that pays tips may pay all, another one not the tip", () => {
    expect(payableByCard(bill, [], true)).toBe(120);
    expect(payableByCard(bill, [], false)).toBe(100);
  });

  test("two cards cover the bill in either order of scanning", () => {
    expect(payableByCard(bill, [plain(100)], true)).toBe(20);
    expect(payableByCard(bill, [tipping(20)], false)).toBe(100);
    expect(payableByCard(bill, [tipping(50)], false)).toBe(70);
    expect(payableByCard(bill, [tipping(50), plain(70)], true)).toBe(0);
  });

  test("cards that pay no tips share the bill without the tip", () => {
    expect(payableByCard(bill, [plain(60)], false)).toBe(40);
    expect(payableByCard(bill, [plain(60), plain(40)], false)).toBe(0);
    expect(payableByCard(bill, [plain(60), plain(40)], true)).toBe(20);
  });

  test("a lower bill lowers the cards by no more than it must", () => {
    const lower = {withTips: 70, withoutTips: 50};
    expect(fittedAmounts(lower, [plain(100), tipping(20)], round)).toEqual([50, 20]);
    expect(fittedAmounts(lower, [tipping(20), plain(100)], round)).toEqual([20, 50]);
    expect(fittedAmounts(lower, [tipping(120), plain(30)], round)).toEqual([70, 0]);
    expect(fittedAmounts(bill, [plain(100), tipping(20)], round)).toEqual([100, 20]);
  });

  test("without a tip any longer only the cards that paid it are lowered", () => {
    const tipless = {withTips: 100, withoutTips: 100};
    expect(fittedAmounts(tipless, [plain(80), tipping(40)], round)).toEqual([80, 20]);
    expect(fittedAmounts(tipless, [plain(33.3), plain(66.7)], round)).toEqual([
      33.3, 66.7,
    ]);
  });
});

describe("sale", () => {
  const printed = {giftcard_reference: "a", isGiftcardSale: true, uuid: "1"};
  const topup = {...printed, giftcard_is_topup: true, uuid: "2"};
  const fresh = {isGiftcardSale: true, uuid: "3"};

  test("only printed cards are sold without the network", () => {
    expect(whatNeedsNetwork([])).toBe("");
    expect(whatNeedsNetwork([printed])).toBe("");
    expect(whatNeedsNetwork([printed, topup])).toBe("topup");
    expect(whatNeedsNetwork([topup, fresh])).toBe("code");
  });

  test("a printed card stands on one line of this till", () => {
    const scan = {purpose: "new", reference: "a"};
    expect(lineOfPrintedCard([fresh, printed], scan)).toBe(printed);
    expect(lineOfPrintedCard([fresh, printed], scan, printed)).toBe(undefined);
    expect(lineOfPrintedCard([fresh, topup], scan)).toBe(undefined);
    const more = {purpose: "topup", reference: "a"};
    expect(lineOfPrintedCard([printed, topup], more)).toBe(undefined);
  });

  test("a line keeps the scan, and loses it with the scan", () => {
    expect(scannedValues({purpose: "topup", reference: "a", last4: "WD3P"})).toEqual({
      giftcard_reference: "a",
      giftcard_is_topup: true,
      giftcard_scanned_last4: "WD3P",
    });
    expect(scannedValues(null).giftcard_reference).toBe(false);
  });

  test("a saved bill has no card yet: its validity is that of the type", () => {
    const soldAt = luxon.DateTime.fromISO("2026-11-03T16:42");
    const giftcardType = {
      validity_mode: "period",
      validity_unit: "year",
      validity_count: 1,
    };
    const saved = {...printed, id: 12, giftcardType, giftcard_valid_until: false};
    expect(isSettled(saved)).toBe(false);
    expect(soldUntil(saved, soldAt, "UTC").toISODate()).toBe("2027-11-03");
    const settled = {...saved, giftcard_last4: "2HK9"};
    expect(isSettled(settled)).toBe(true);
    expect(soldUntil(settled, soldAt, "UTC")).toBe(false);
  });

  test("the last day on a slip is the company's, wherever the till's clock is", () => {
    const line = {
      ...printed,
      uuid: "slip-1",
      giftcard_last4: false,
      giftcard_valid_until: false,
      giftcard_value: 50,
      product_id: {display_name: "Gift card"},
      giftcardType: {validity_mode: "period", validity_unit: "year", validity_count: 1},
    };
    soldCodes.set(line.uuid, CODE);
    const [slip] = soldSlips({
      finalized: true,
      date_order: luxon.DateTime.fromISO("2026-11-03T12:00:00Z"),
      company: {giftcard_tz: "Pacific/Auckland"},
      getGiftcardsSold: () => [line],
    });
    soldCodes.delete(line.uuid);
    expect([slip.code, slip.valid_until]).toEqual([CODE, "2027-11-04"]);
  });

  test("a code that is scanned into a name is taken out of it", () => {
    const field = document.createElement("input");
    field.value = `Emma${CODE}`;
    expect(takeCodeOut(field)).toBe(CODE);
    expect(field.value).toBe("Emma");
    expect(takeCodeOut(field)).toBe("");
  });
});

describe("scan", () => {
  const NEW = {purpose: "new", reference: "a", last4: "2HK9", text: "Ready."};
  const scanWith = (responses, line, lines = []) => {
    const pos = {
      session: {id: 7},
      models: {"pos.order.line": {getAll: () => lines}},
      askAboutGiftcards: (method, code) => {
        expect.step(`${method} ${code}`);
        return responses.shift();
      },
    };
    return new GiftcardSaleScan(pos, {type: {id: 3}, line});
  };

  test("a code that is typed is kept, key by key", () => {
    const scan = scanWith([]);
    scan.choosePlastic();
    for (const text of ["G", "GC", "GC7"]) {
      scan.typeCode(text);
      expect(scan.code).toBe(text);
      expect(scan.isTyped).toBe(true);
    }
  });

  test("who was promised a printed card gets no new code", async () => {
    const scan = scanWith([
      {purpose: "", text: "Already sold. Take another one."},
      NEW,
    ]);
    expect(scan.isComplete).toBe(true);
    const first = scan.check(CODE);
    expect(scan.isComplete).toBe(false);
    await first;
    expect(scan.notice.problem).toBe("refused");
    expect(scan.isComplete).toBe(false);
    await scan.check(CODE.toLowerCase());
    expect(scan.notice.problem).toBe("done");
    expect(scan.isPrinted && scan.isComplete).toBe(true);
    scan.forget();
    expect(scan.card).toBe(null);
    expect(scan.isComplete).toBe(true);
    const asked = `giftcard_scan_for_sale ${CODE}`;
    expect.verifySteps([asked, asked]);
  });

  test("the last of two scans counts, whichever is answered first", async () => {
    let answerFirst = null;
    const slow = new Promise((resolve) => (answerFirst = resolve));
    const scan = scanWith([slow, NEW]);
    const first = scan.check(CODE);
    await scan.check(CODE);
    answerFirst({...NEW, last4: "LATE"});
    await first;
    expect(scan.card.last4).toBe("2HK9");
    expect.verifySteps([
      `giftcard_scan_for_sale ${CODE}`,
      `giftcard_scan_for_sale ${CODE}`,
    ]);
  });

  test("what could not be asked stays to be asked again", async () => {
    const scan = scanWith([{problem: "offline", text: "No connection."}]);
    await scan.check(CODE);
    expect(scan.notice.problem).toBe("offline");
    expect(scan.isTyped).toBe(true);
    expect(scan.isComplete).toBe(false);
    await scan.check(`${CODE}X`);
    expect(scan.notice.text).toInclude("one character too long");
    expect.verifySteps([`giftcard_scan_for_sale ${CODE}`]);
  });

  test("a printed card that is on a bill is refused for another line", async () => {
    const sold = {isGiftcardSale: true, giftcard_reference: "a", uuid: "1"};
    const scan = scanWith([NEW], undefined, [sold]);
    await scan.check(CODE);
    expect(scan.card).toBe(null);
    expect(scan.notice.text).toInclude("on a bill of this till already");
    const own = scanWith([], {...sold, giftcard_scanned_last4: "2HK9"}, [sold]);
    expect(own.isPrinted).toBe(true);
    expect(own.notice.text).toBe("Printed card ••2HK9 is ready to sell.");
    expect.verifySteps([`giftcard_scan_for_sale ${CODE}`]);
  });
});
