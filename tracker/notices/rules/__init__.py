"""Rules on notices: occasions, when they are told, and how a letter is put together; no table and no clock."""
