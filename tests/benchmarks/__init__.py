"""Benchmarks, one file each: a module here with `measure(corpus, work)` is one, named as its file is.

`corpus` is a file of articles, `work` an empty folder. `measure` returns figures by name; ratios are of one run on one
machine, so they hold where seconds do not.
"""
