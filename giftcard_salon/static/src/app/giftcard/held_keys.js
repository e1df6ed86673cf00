/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {browser} from "@web/core/browser/browser";

/**
 * What this till has reserved on cards and has not seen the end of.
 *
 * A hold lives on the server; the payment line that pays with it lives in this
 * browser and can vanish: reload, deleted bill, lost answer. The list is written
 * before a hold is asked for, so that whatever has no line can be given back. It
 * holds the lines' uuids, never a code.
 */
export class GiftcardHolds {
  constructor(name, storage = browser.localStorage) {
    this.name = `giftcard_salon.holds.${name}`;
    this.storage = storage;
  }

  read() {
    try {
      return JSON.parse(this.storage.getItem(this.name)) || {};
    } catch {
      return {};
    }
  }

  write(holds) {
    if (Object.keys(holds).length) {
      this.storage.setItem(this.name, JSON.stringify(holds));
    } else {
      this.storage.removeItem(this.name);
    }
  }

  note(key, revision) {
    const holds = this.read();
    holds[key] = Math.max(revision, holds[key] || 0);
    this.write(holds);
  }

  revision(key) {
    return this.read()[key] || 0;
  }

  forget(key) {
    const holds = this.read();
    delete holds[key];
    this.write(holds);
  }
}
