/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {Component, onMounted, useRef} from "@odoo/owl";

/** Where a code is typed or scanned, also by the device's camera. */
export class GiftcardCodeField extends Component {
  static template = "giftcard_salon.GiftcardCodeField";
  static props = {
    id: String,
    value: String,
    onInput: Function,
    onScan: Function,
  };

  setup() {
    this.codeRef = useRef("code");
    this.hasCamera = isBarcodeScannerSupported();
    onMounted(() => this.codeRef.el.focus());
  }

  async openCamera() {
    const code = await scanBarcode(this.env).catch(() => "");
    if (code) {
      this.props.onScan(code);
    }
  }
}
