/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {useBus, useService} from "@web/core/utils/hooks";

const SCREENS = [
  ".payment-screen",
  ".product-screen",
  ".receipt-screen",
  ".ticket-screen",
];

function giveFocusToScreen() {
  const {activeElement} = document;
  const isLost = !activeElement || activeElement === document.body;
  const screen = document.querySelector(SCREENS.join(", "));
  if (isLost && screen && !document.querySelector(".modal")) {
    screen.tabIndex = -1;
    screen.focus({preventScroll: true});
  }
}

/**
 * Give the focus to the screen when what had it is gone: a dialog, a removed line.
 *
 * Not to a button: Enter would press it, and the screen takes Enter as well.
 */
export function keepFocus() {
  requestAnimationFrame(() => setTimeout(giveFocusToScreen));
}

/** The same for a screen, whenever a dialog over it closes. */
export function useKeptFocus() {
  const ui = useService("ui");
  useBus(ui.bus, "active-element-changed", keepFocus);
}
