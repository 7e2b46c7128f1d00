"""Plans in tables: Word, Excel, CSV and pasted cells."""
