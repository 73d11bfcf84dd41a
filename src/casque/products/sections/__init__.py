"""The sections of the report, one file each: records in, a small view out."""
