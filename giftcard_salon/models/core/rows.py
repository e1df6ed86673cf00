# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Many records of one model in one statement, with what the ORM's ``create`` keeps."""

from odoo.fields import Command
from odoo.tools import SQL

BATCH = 5000
# from here on the database plans its checks anew
MANY = 500


def draw_ids(model, count):
    """Return ids that nothing else will get, for rows that are about to be made.

    :param model: an empty recordset
    :param int count: how many
    :rtype: list[int]
    """
    rows = model.env.execute_query(
        SQL(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            model._table,
            count,
        )
    )
    return [number for (number,) in rows]


def insert_rows(model, vals_list):
    """Make records, each under an id of :func:`draw_ids`, in one statement a batch.

    For stocks of thousands, where ``create`` takes a second for each two thousand. As
    there: access rights, defaults, roundings, constraints of Python and of the
    database, who made it and when, and the cache. Overrides of ``create`` are not
    called. What is computed and stored is best among the values: if not, it follows
    in a statement of its own.

    :param model: an empty recordset whose environment makes the records
    :param list[dict] vals_list: values as for ``create``, with ``id``; the same names
        in each; of relations to many only ``Command.set``, the same in all of them
    :return: the records, in order
    """
    records = model.browse([vals["id"] for vals in vals_list])
    if not records:
        return records
    model.check_access("create")
    names = list(vals_list[0])
    columns = [name for name in names if model._fields[name].column_type]
    free = [
        name
        for name, field in model._fields.items()
        if field.column_type and field.store and name not in vals_list[0]
    ]
    shared = {**model.default_get(free), **_prepare_log(model)}
    vals_list = [{**vals, **shared} for vals in vals_list]
    columns += list(shared)
    values = {name: _convert(model, name, vals_list) for name in columns}
    for start in range(0, len(vals_list), BATCH):
        batch = slice(start, start + BATCH)
        query = prepare_insert(
            model, {name: column[batch] for name, column in values.items()}, "id"
        )
        model.env.execute_query(query)
    if len(vals_list) >= MANY:
        # checks of what refers to these rows: a plan made when the table had a page
        # or two reads all of it, for each row that refers to one
        model.env.cr.execute("DISCARD PLANS")
    _empty_cache(records, columns)
    fill_cache(records, values)
    with model.env.protecting(
        [model._fields[name] for name in columns if name != "id"], records
    ):
        records.modified(model._fields, create=True)
        for name in set(names) - set(columns):
            _insert_links(records, model._fields[name], vals_list[0][name])
    records._validate_fields(columns)
    records.check_access("create")
    return records


def _prepare_log(model):
    now, uid = model.env.cr.now(), model.env.uid
    return {
        "create_uid": uid,
        "create_date": now,
        "write_uid": uid,
        "write_date": now,
    }


def _convert(model, name, vals_list):
    """Return the values of one column; what occurs often is converted once."""
    field, converted, column = model._fields[name], {}, []
    given = [vals[name] for vals in vals_list]
    if name == "id":
        return given
    if _is_one(given) and _is_one([vals.get("currency_id") for vals in vals_list]):
        value = field.convert_to_column_insert(given[0], model, vals_list[0])
        return [value] * len(given)
    for value, vals in zip(given, vals_list, strict=True):
        key = (value, type(value), vals.get("currency_id"))
        if key not in converted:
            converted[key] = field.convert_to_column_insert(value, model, vals)
        column.append(converted[key])
    return column


def _is_one(column):
    """Tell whether all rows have the same value."""
    return column.count(column[0]) == len(column)


def prepare_insert(model, values, key_column):
    """Return the statement for some rows: what they have in common is said once.

    :param model: whose table it is
    :param dict values: for each column one value a row, as the database takes them
    :param str key_column: a column that each row has for itself
    :return: the statement; the rows get their ids in their order
    :rtype: odoo.tools.SQL
    """
    common = {
        name: column[0]
        for name, column in values.items()
        if name != key_column and _is_one(column)
    }
    rows = [name for name in values if name not in common]
    return SQL(
        "INSERT INTO %s (%s) SELECT %s FROM (VALUES %s) row (%s)",
        SQL.identifier(model._table),
        SQL(", ").join(SQL.identifier(name) for name in (*common, *rows)),
        SQL(", ").join(
            [SQL("%s", value) for value in common.values()]
            + [
                SQL(
                    "row.%s::%s",
                    SQL.identifier(name),
                    SQL(model._fields[name].column_type[1]),
                )
                for name in rows
            ]
        ),
        SQL(", ").join(
            SQL("%s", row) for row in zip(*(values[name] for name in rows), strict=True)
        ),
        SQL(", ").join(SQL.identifier(name) for name in rows),
    )


def _empty_cache(records, columns):
    """Say of what was not given that it is empty."""
    given = {"id", *columns}
    for name, field in records._fields.items():
        if name in given or not field.store:
            continue
        is_many = field.type in ("one2many", "many2many")
        field._update_cache(records, () if is_many else None)


def fill_cache(records, values):
    """Keep what was just written by SQL, so that nobody reads it again.

    :param records: the records, in order
    :param dict values: for each stored field one value a record, as it was written
    """
    for name, column in values.items():
        field = records._fields[name]
        if name == "id":
            continue
        inverses = field.type == "many2one" and records.pool.field_inverses[field]
        if _is_one(column):
            groups = {column[0]: records._ids}
        elif any(inverse._get_cache(records.env) for inverse in inverses or ()):
            groups = {}
            for record_id, value in zip(records._ids, column, strict=True):
                groups.setdefault(value, []).append(record_id)
        else:
            first = records[:1]
            cached = [field.convert_to_cache(value, first, False) for value in column]
            field._get_cache(records.env).update(zip(records._ids, cached, strict=True))
            continue
        for value, ids in groups.items():
            same = records.browse(ids)
            cached = field.convert_to_cache(value, same[:1], validate=False)
            field._update_cache(same, cached)
            if inverses:
                field._update_inverses(same, cached)


def _insert_links(records, field, commands):
    ids = [number for _code, _id, found in commands for number in found]
    if commands != [Command.set(ids)]:
        raise ValueError(f"{field.name}: only Command.set")
    if ids:
        field.create([(record, commands) for record in records])
        records.modified([field.name], create=True)
