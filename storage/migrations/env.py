"""What Alembic runs for every command: the migrations, in the transaction that `storage.upgrade` opened."""

from alembic import context

from storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
