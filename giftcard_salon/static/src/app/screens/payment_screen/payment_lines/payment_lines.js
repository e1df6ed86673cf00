/* Copyright 2026 Giftcard Salon Project
 * License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0) */

import {PaymentScreenPaymentLines} from "@point_of_sale/app/screens/payment_screen/payment_lines/payment_lines";
import {GiftcardPaymentLine} from "@giftcard_salon/app/components/giftcard_payment_line/giftcard_payment_line";

PaymentScreenPaymentLines.components = {
  ...PaymentScreenPaymentLines.components,
  GiftcardPaymentLine,
};
