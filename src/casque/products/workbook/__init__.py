"""All tables of a mission folder in one .xlsx, and back again without a byte changed where nothing was edited."""
