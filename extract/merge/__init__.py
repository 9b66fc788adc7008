"""Reports of one engagement by several articles become one record: sketches -> blocks -> signals -> groups -> records.

sketches = sketch_articles(pairs of an article's imprint and its records)
merges = Ledger(find_merges(sketches))
records = merge_engagements(all records, merges)

All that grows with the articles lies on disk: sketches (`shelf.py`), keys, pairs and links (`sorter.py`), merges and the
records that wait for others of their group (`ledger.py`). Memory has some forty bytes a record.
"""

from extract.merge.combine import combine, merge_engagements
from extract.merge.groups import find_merges
from extract.merge.ledger import Ledger
from extract.merge.sketches import Sketch, sketch_article, sketch_articles

__all__ = ["Ledger", "Sketch", "combine", "find_merges", "merge_engagements", "sketch_article", "sketch_articles"]
