/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {
  codeProblem,
  groupedCode,
  isGiftcardCode,
  maskedCode,
  normaliseCode,
  splitSentence,
} from "@giftcard_salon/app/giftcard/card_code";
import {
  offeredAmounts,
  typeAmount,
  validUntil,
} from "@giftcard_salon/app/giftcard/sale/amount";
import {GiftcardHolds} from "@giftcard_salon/app/giftcard/held_keys";

const CODE = "GC7K4MQX9TRV2HWD3P";
const {DateTime} = luxon;

describe.current.tags("headless");
beforeEach(allowTranslations);

describe("code", () => {
  test("spaces, dashes, dots and case do not matter", () => {
    for (const text of [CODE, "gc 7k4m-qx9t.rv2h wd3p", "7K4M QX9T RV2H WD3P"]) {
      expect(normaliseCode(text)).toBe(CODE);
      expect(codeProblem(text)).toBe("");
    }
  });

  test("look-alikes are read as what they look like", () => {
    expect(normaliseCode("GC OILU 0000 0000 0000")).toBe("GC011V000000000000");
  });

  test("what is wrong with a code is said in a sentence", () => {
    expect(codeProblem(`${CODE}X`)).toInclude("one character too long");
    expect(codeProblem(CODE.slice(0, -1))).toInclude("one character too short");
    expect(codeProblem(CODE.slice(0, -3))).toInclude("3 characters too short");
    expect(codeProblem("GC7K4MQX9TRV2HWD3*")).toInclude("a sign that no card has");
    expect(codeProblem("  ")).toInclude("Scan the card");
  });

  test("numbers of other systems are left as they are", () => {
    expect(normaliseCode(" 0412-77 ab ")).toBe("0412-77 ab");
    expect(codeProblem("0412-77 ab")).toBe("");
    expect(isGiftcardCode("4006381333931")).toBe(false);
    expect(isGiftcardCode(CODE.toLowerCase())).toBe(true);
  });

  test("the last group is the short name", () => {
    expect(groupedCode(CODE)).toBe("GC 7K4M QX9T RV2H WD3P");
    expect(maskedCode("WD3P")).toBe("••WD3P");
  });

  test("a refusal is split into why and what to do", () => {
    expect(splitSentence("Card is empty. Take another.")).toEqual({
      lead: "Card is empty.",
      advice: "Take another.",
    });
    expect(splitSentence("No money").lead).toBe("No money");
  });
});

describe("amount", () => {
  const type = (text, keys, isFresh = false) => {
    let typed = text;
    let fresh = isFresh;
    for (const key of keys) {
      typed = typeAmount(typed, key, {isFresh: fresh, decimalPoint: ".", decimals: 2});
      fresh = false;
    }
    return typed;
  };

  test("a digit replaces what was proposed", () => {
    expect(type("100.00", ["6", "0"], true)).toBe("60");
    expect(type("100.00", ["Backspace"], true)).toBe("");
  });

  test("no more decimals than the currency has", () => {
    expect(type("", [..."7.456"])).toBe("7.45");
    expect(type("", [",", "5", "."])).toBe("0.5");
    expect(type("0", ["5"])).toBe("5");
  });

  test("amounts on offer come in their order, the default is chosen", () => {
    const presets = [
      {amount: 100, sequence: 2},
      {amount: 50, sequence: 1},
    ];
    const offered = (default_amount) =>
      offeredAmounts({amount_ids: presets, default_amount});
    expect(offered(100)).toEqual({amounts: [50, 100], chosen: 100});
    expect(offered(0).chosen).toBe(50);
  });

  test("validity is counted from the sale", () => {
    const now = DateTime.fromISO("2026-01-31T16:42");
    const until = (values) => validUntil(values, now, "UTC")?.toISODate();
    const period = {validity_mode: "period", validity_unit: "month"};
    expect(until({...period, validity_count: 1})).toBe("2026-02-28");
    expect(until({validity_mode: "unlimited"})).toBe(undefined);
  });

  test("the day of the sale is that of the company's clock, not of this browser", () => {
    const now = DateTime.fromISO("2026-12-31T23:15:00Z");
    const year = {validity_mode: "period", validity_unit: "year", validity_count: 1};
    const until = (zone) => validUntil(year, now, zone).toISODate();
    expect(until("Europe/Paris")).toBe("2028-01-01");
    expect(until("America/New_York")).toBe("2027-12-31");
    expect(until(false)).toBe("2027-12-31");
  });
});

describe("holds", () => {
  test("what was asked for is kept until it is over", () => {
    const kept = new Map();
    const storage = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
    };
    const holds = new GiftcardHolds(7, storage);
    holds.note("line", 2);
    holds.note("line", 1);
    expect(new GiftcardHolds(7, storage).read()).toEqual({line: 2});
    expect(new GiftcardHolds(8, storage).read()).toEqual({});
    holds.forget("line");
    expect(kept.size).toBe(0);
    kept.set("giftcard_salon.holds.7", "{broken");
    expect(holds.read()).toEqual({});
  });
});
