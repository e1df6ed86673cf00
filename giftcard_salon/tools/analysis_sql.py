# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Queries of analyses in which some rows count as nothing."""

from odoo.tools import SQL


def leave_out(query, columns, measures, averages, joins, condition, extra):
    """Return ``query`` with nothing in the measures of rows that do not count.

    The rows stay, so that whoever opens a figure sees them.

    :param SQL query: of the analysis, without a semicolon
    :param columns: names of all its columns that are wanted
    :param measures: the columns that are 0 in rows left out
    :param averages: the columns that are NULL in rows left out
    :param SQL joins: what ``condition`` needs, by columns of ``report``
    :param SQL condition: true for rows left out
    :param dict extra: more columns: their SQL by name, where ``out.is_out`` tells
    :rtype: SQL
    """

    def select(name):
        column = SQL("report.%s", SQL.identifier(name))
        if name in averages:
            value = SQL("CASE WHEN out.is_out THEN NULL ELSE %s END", column)
        elif name in measures:
            value = SQL("CASE WHEN out.is_out THEN 0 ELSE %s END", column)
        else:
            value = column
        return SQL("%s AS %s", value, SQL.identifier(name))

    more = [SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in extra.items()]
    return SQL(
        """SELECT %s
             FROM (%s) report %s
            CROSS JOIN LATERAL (SELECT (%s) IS TRUE AS is_out) out""",
        SQL(", ").join([*map(select, columns), *more]),
        query,
        joins,
        condition,
    )


def columns_of(model, extra):
    """Return the columns of an analysis, but for those in ``extra``."""
    return [
        name
        for name, field in model._fields.items()
        if field.store and field.column_type and name not in extra
    ]
