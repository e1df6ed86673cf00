# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

from odoo import api, models

from ...tools.server_fields import is_writer, without

OF_ODOO = {"id", *models.MAGIC_COLUMNS}


class GiftcardServerFields(models.AbstractModel):
    """What is read-only in a model is said by the server, whoever makes the record.

    A client's value does not count, nor does a default: of the context, or one that
    people set for themselves. In what only the server makes no such default counts at
    all. Every model of gift cards is one of these.
    """

    _name = "giftcard.server.fields"
    _description = "Record with fields that only the server sets"

    @api.model
    def _get_server_fields(self):
        """Return the names of the fields that only the server may set.

        :rtype: list[str]
        """
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.readonly and name not in OF_ODOO
        ]

    @api.model
    def default_get(self, fields):
        """Override: the server's fields have the defaults of the model only."""
        is_made_here = self.env.su and not self._transient
        names = set(fields if is_made_here else self._get_server_fields())
        free = [name for name in fields if name not in names]
        defaults = super().default_get(free)
        for name in fields:
            field = self._fields.get(name)
            if name in names and field and field.default:
                value = field.convert_to_cache(field.default(self), self, False)
                defaults[name] = field.convert_to_write(value, self)
        return defaults

    def _without_server_fields(self, vals):
        if self.env.su or is_writer(self.env):
            return vals
        return without(vals, self._get_server_fields())

    def _check_named(self):
        """Refuse records that people name in a step they take and may not read.

        :raises AccessError: for those
        """
        if self.env.su or not self._transient:
            return
        server = {*OF_ODOO, *self._get_server_fields()}
        for name, field in self._fields.items():
            if field.type == "many2one" and field.store and name not in server:
                self.mapped(name).check_access("read")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._without_server_fields(vals) for vals in vals_list]
        records = super().create(vals_list)
        records._check_named()
        return records

    def write(self, vals):
        result = super().write(self._without_server_fields(vals))
        self._check_named()
        return result

    def onchange(self, values, field_names, fields_spec):
        """Override of `web`: nor does a form that is not saved say what they are."""
        client_values = self._without_server_fields(values)
        names = [
            name for name in field_names if name in client_values or name not in values
        ]
        if field_names and not names:
            return {"value": {}}
        return super().onchange(client_values, names, fields_spec)
