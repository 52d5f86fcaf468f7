"""A packet as a PDF that looks as it came and can be searched: the scan with the reading as its invisible text."""

from ocr.searchable.write import VERSION, write_searchable

__all__ = ["VERSION", "write_searchable"]
