"""Search over the words of letters. Disposable: whatever stands here can be built again from the archive.

Two engines, tantivy (default) and Whoosh, share one Thai analysis, one query language and one way of keeping the
index on disk. Numbers and dates as such are looked up in the archive; here they are words of the text.
"""

from index.entry import Counts, Engine, Entry, Hit, Narrowing, Near, Results
from index.open import open_engine

__all__ = ["Counts", "Engine", "Entry", "Hit", "Narrowing", "Near", "Results", "open_engine"]
