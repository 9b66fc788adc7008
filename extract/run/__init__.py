"""A run: inputs through the extraction into finished parts, and a new register out of the parts, swapped in whole.

`runs.py` has the order of it; `intake.py` tells new articles from known ones, `parts.py` keeps what was extracted,
`workers.py` shares the work out, `rules.py` names the version of the rules. `adding.py` adds to what a register has
(`earlier.py`) and keeps what was added (`added.py`); `uploads.py` reads what comes from a page, `aside.py` does the work
of pages in processes of its own.
"""

from extract.run.adding import AddReport, add_articles, preview
from extract.run.runs import Progress, RunReport, ensure_store, run

__all__ = ["AddReport", "Progress", "RunReport", "add_articles", "ensure_store", "preview", "run"]
