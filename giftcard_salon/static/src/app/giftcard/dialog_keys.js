/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {barcodeService} from "@barcodes/barcode_service";
import {useComponent, useExternalListener} from "@odoo/owl";

const AMOUNT_KEYS = /^([0-9.,]|Backspace)$/;
const HANDLES_ENTER =
  "textarea, a, .modal-header button, .modal-footer button, [aria-expanded], .o_giftcard_handles_enter";

/** Shorter texts were typed: the barcode service takes quick fingers for a scanner. */
export const SCAN_LENGTH = 6;

/**
 * Let arrows move the focus in a group that is one stop of Tab.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} all of the group
 * @returns {number} the place of the one that has the focus now; -1 for other keys
 */
export function moveByArrow(event, all) {
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
  if (!step) {
    return -1;
  }
  event.preventDefault();
  const index = (all.indexOf(event.target) + step + all.length) % all.length;
  all[index].focus();
  return index;
}

function isForTheDialog(event) {
  const isText = event.target.matches?.("input, textarea, [contenteditable=true]");
  const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
  return (
    !isText && !isShortcut && (event.key.length === 1 || AMOUNT_KEYS.test(event.key))
  );
}

/**
 * Give the keys of an amount and Enter to a dialog, whatever has the focus in it.
 *
 * A scanner types too, faster than people: keys are kept back until a pause shows
 * which of the two it was. A scan is left to the barcode service.
 *
 * @param {Object} callbacks
 * @param {Function} callbacks.onKey called with each key of an amount
 * @param {Function} callbacks.onEnter
 */
export function useAmountKeys({onKey, onEnter}) {
  const component = useComponent();
  let keys = [];
  let timer = null;

  const flush = () => {
    clearTimeout(timer);
    const typed = keys;
    keys = [];
    const isScan =
      typed.length >= SCAN_LENGTH || typed.some((key) => !AMOUNT_KEYS.test(key));
    if (!isScan) {
      typed.forEach((key) => onKey.call(component, key));
    }
    return !isScan;
  };

  const enter = (event) => {
    const isTyped = flush();
    const handlesItself = event.target.matches?.(HANDLES_ENTER);
    if (isTyped && !event.defaultPrevented && !handlesItself) {
      event.preventDefault();
      onEnter.call(component);
    }
  };

  useExternalListener(window, "keydown", (event) => {
    if (!component.env.dialogData.isActive) {
      return;
    }
    if (event.key === "Enter") {
      enter(event);
    } else if (event.key && isForTheDialog(event)) {
      keys.push(event.key);
      clearTimeout(timer);
      timer = setTimeout(flush, barcodeService.maxTimeBetweenKeysInMs);
    }
  });
}
