"""Records in, documents out: the report, its tables and the closing summary."""
