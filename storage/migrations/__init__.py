"""The history of the schema; `storage.upgrade` runs it."""
