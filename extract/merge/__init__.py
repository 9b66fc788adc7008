"""Reports of one engagement by several articles become one record: sketches -> blocks -> signals -> groups -> records.

sketches = sketch_articles(pairs of an article and its records)
merges = find_merges(sketches)
records = merge_engagements(all records, merges)
"""

from extract.merge.combine import combine, merge_engagements
from extract.merge.groups import find_merges
from extract.merge.sketches import Sketch, sketch_article, sketch_articles

__all__ = ["Sketch", "combine", "find_merges", "merge_engagements", "sketch_article", "sketch_articles"]
