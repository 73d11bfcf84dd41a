"""The generated pages, one module a page."""
