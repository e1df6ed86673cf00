# Copyright 2026 Giftcard Salon Project
# License LGPL-3.0 (https://www.gnu.org/licenses/lgpl-3.0)

"""Copies of a template database with its filestore, and plain SQL on them."""

import os
import shutil
from contextlib import contextmanager

import psycopg2
import psycopg2.extras
from lib import settings

PREFIX = "gc_sys_"


def connect(name):
    """Return an autocommit connection; host, port and user come from PG*."""
    connection = psycopg2.connect(dbname=name)
    connection.autocommit = True
    return connection


def query(name, sql, params=()):
    """Run one statement; return its rows as dicts."""
    connection = connect(name)
    try:
        with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cr:
            cr.execute(sql, params)
            return [dict(row) for row in cr.fetchall()] if cr.description else []
    finally:
        connection.close()


def copy(source, label, durable=False):
    """Copy a database and its filestore; return the copy's name.

    :param bool durable: keep PostgreSQL's own commit setting, for measurements
    """
    name = f"{PREFIX}{settings.CHECKOUT_ID}_{os.getpid()}_{label}"
    drop(name)
    query("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    if not durable:
        query("postgres", f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    store = settings.DATA_DIR / "filestore"
    if (store / source).is_dir():
        # the filestore never rewrites a file, so links do
        shutil.copytree(store / source, store / name, copy_function=os.link)
    return name


def drop(name):
    """Drop a database that :func:`copy` made."""
    if not name.startswith(PREFIX):
        raise ValueError(f"not a database of these tests: {name}")
    query("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(settings.DATA_DIR / "filestore" / name, ignore_errors=True)


@contextmanager
def copied(source, label, durable=False):
    """A copy for the time of a ``with`` block."""
    name = copy(source, label, durable)
    try:
        yield name
    finally:
        drop(name)
