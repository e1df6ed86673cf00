/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {_t} from "@web/core/l10n/translation";

const PREFIX = "GC";
const BODY_LENGTH = 16;
const BODY = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const LOOK_ALIKES = {O: "0", I: "1", L: "1", U: "V"};

function compact(text) {
  return String(text ?? "")
    .toUpperCase()
    .replace(/[\s.\-·_]+/g, "");
}

function mapLookAlikes(body) {
  return body.replace(/[OILU]/g, (letter) => LOOK_ALIKES[letter]);
}

/** The part of a code after GC, or null for the number of another system. */
function bodyOf(text) {
  const code = compact(text);
  if (code.startsWith(PREFIX)) {
    return mapLookAlikes(code.slice(PREFIX.length));
  }
  return code.length === BODY_LENGTH ? mapLookAlikes(code) : null;
}

/**
 * Return what was typed or scanned as the server keeps codes.
 *
 * Numbers that other systems gave out have no shape we know: they stay as typed.
 */
export function normaliseCode(text) {
  const body = bodyOf(text);
  return body === null ? String(text ?? "").trim() : PREFIX + body;
}

/** Tell whether a text can only be one of our own codes, so that a scan is ours. */
export function isGiftcardCode(text) {
  return (
    compact(text).startsWith(PREFIX) &&
    BODY.test(normaliseCode(text).slice(PREFIX.length))
  );
}

function lengthProblem(difference) {
  if (difference === 1) {
    return _t("This code is one character too long.");
  }
  if (difference === -1) {
    return _t("This code is one character too short.");
  }
  return difference > 0
    ? _t("This code is %s characters too long.", difference)
    : _t("This code is %s characters too short.", -difference);
}

/** Return what is wrong with a code, as a sentence to read out; else "". */
export function codeProblem(text) {
  if (!compact(text)) {
    return _t("Scan the card or type its code.");
  }
  const body = bodyOf(text);
  if (body === null || BODY.test(body)) {
    return "";
  }
  const difference = body.length - BODY_LENGTH;
  const reason = difference
    ? lengthProblem(difference)
    : _t("This code has a sign that no card has.");
  return _t("%s A card has GC and 16 characters. Check it with the client.", reason);
}

/** The short name people read out: ••WD3P. */
export function maskedCode(last4) {
  return `••${last4 || "????"}`;
}

/** GC 7K4M QX9T RV2H WD3P: the last group is the short name. */
export function groupedCode(code) {
  const isOurs = isGiftcardCode(code);
  const groups = (isOurs ? code.slice(PREFIX.length) : code).match(/.{1,4}/g) || [];
  return (isOurs ? [PREFIX, ...groups] : groups).join(" ");
}

/** Split "Why. What to do." so that the why can stand out. */
export function splitSentence(text) {
  const [, lead, advice] = /^(.+?[.!?])\s+(\D.*)$/s.exec(text) || [null, text, ""];
  return {lead, advice};
}
