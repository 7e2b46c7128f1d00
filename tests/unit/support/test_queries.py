"""The query counter counts what its block asks, and nothing before or after."""

from sqlalchemy import create_engine, text

from tests.support.queries import queries_of


def test_only_the_queries_of_the_block_are_counted() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        with queries_of(engine) as statements:
            connection.execute(text("SELECT 2"))
            connection.execute(text("SELECT 3"))
        connection.execute(text("SELECT 4"))
    engine.dispose()
    assert statements == ["SELECT 2", "SELECT 3"]
