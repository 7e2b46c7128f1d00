"""Making and mending the indexes of words that the database keeps by itself, for migrations; asking them is not here.

SQLite has a full-text table beside each searched table, PostgreSQL a generated column. On PostgreSQL the words are cut
by a dictionary and a function of our own, so that both know the same words: the same stems, no stop words, no accents.
Alembic's batch mode makes a table anew on SQLite and drops its triggers silently; `mend_indexes` puts them back.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from tracker.core import sqlite

COLUMN = "search_words"
# Columns are told apart by a letter on PostgreSQL, which has four.
LETTERS = "ABCD"

_CONFIGURATION = (
    "CREATE TEXT SEARCH DICTIONARY tracker_stem (TEMPLATE = pg_catalog.snowball, Language = porter)",
    "CREATE TEXT SEARCH CONFIGURATION tracker_words (COPY = pg_catalog.simple)",
    "ALTER TEXT SEARCH CONFIGURATION tracker_words ALTER MAPPING FOR asciiword, word, numword WITH tracker_stem",
)
# Accents go first, then every sign: what the parser of PostgreSQL would take for a number, an address or a file is a
# row of plain words to SQLite.
_FUNCTION = r"""CREATE FUNCTION {schema}.tracker_words_of(typed text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.to_tsvector('{schema}.tracker_words'::pg_catalog.regconfig, pg_catalog.regexp_replace(
        pg_catalog.regexp_replace(
            pg_catalog.lower(pg_catalog.normalize(typed, 'NFD')), '[\u0300-\u036f]', '', 'g'
        ),
        '[\u0001-\u002f\u003a-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
            '\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u3000-\u3004\ufe00-\ufe0f\U0001f000-\U0001faff]',
        ' ', 'g'
    )) $$"""


def prepare_words(connection: Connection) -> None:
    """Make what every index needs: on PostgreSQL the dictionary, the configuration and the function."""
    if _on_postgresql(connection):
        for statement in _CONFIGURATION:
            connection.execute(text(statement))
        connection.exec_driver_sql(_FUNCTION.format(schema=_schema(connection)))


def remove_words(connection: Connection) -> None:
    """Take away what `prepare_words` made, once no index needs it."""
    if _on_postgresql(connection):
        connection.execute(text("DROP FUNCTION tracker_words_of(text)"))
        connection.execute(text("DROP TEXT SEARCH CONFIGURATION tracker_words"))
        connection.execute(text("DROP TEXT SEARCH DICTIONARY tracker_stem"))


def create_index(connection: Connection, table: str, columns: Sequence[str]) -> None:
    """Index the words of some columns of a table, at most four, those that are there included."""
    if not _on_postgresql(connection):
        sqlite.index_words(connection, table, columns)
        return
    function = f"{_schema(connection)}.tracker_words_of"
    parts = [
        f"setweight({function}(coalesce(\"{column}\"::text, '')), '{letter}')"
        for column, letter in zip(columns, LETTERS, strict=False)
    ]
    words = f"tsvector GENERATED ALWAYS AS ({' || '.join(parts)}) STORED"
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ADD COLUMN {COLUMN} {words}')
    connection.exec_driver_sql(f'CREATE INDEX ix_{table}_{COLUMN} ON "{table}" USING gin ({COLUMN})')


def drop_index(connection: Connection, table: str) -> None:
    """Take the index of a table away; what is indexed stays."""
    if _on_postgresql(connection):
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP COLUMN {COLUMN}')
    else:
        sqlite.forget_words(connection, table)


def mend_indexes(connection: Connection) -> None:
    """Give each index its triggers back where a table was made anew; nothing on PostgreSQL, which needs none."""
    if not _on_postgresql(connection):
        for table, columns in sqlite.indexed_columns(connection).items():
            sqlite.index_words(connection, table, columns)


def _on_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _schema(connection: Connection) -> str:
    """Return the schema of the tables, as SQL writes it: a dump is read back without a search path."""
    name: str = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    return name
