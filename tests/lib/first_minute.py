# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""What a stranger sees first in the demo, inside Odoo; prints it as JSON."""

import json

products = env["product.template"].search(  # noqa: F821
    [("pos_categ_ids", "!=", False)]
)
accountant = env["res.users"].search([("login", "=", "accountant")])  # noqa: F821
wizard = (
    env["l10n_fr.fec.export.wizard"]  # noqa: F821
    .with_user(accountant)
    .create({"date_from": "2020-01-01", "date_to": "2099-12-31", "test_file": True})
)
content = wizard.generate_fec()["file_content"]
print(
    json.dumps(
        {
            "products": len(products),
            "pictures": len(set(products.mapped("image_1920")) - {False}),
            "bare": products.filtered(lambda own: not own.image_1920).mapped("name"),
            "fec": content.decode().splitlines()[0].split("|")[:3],
        }
    )
)
