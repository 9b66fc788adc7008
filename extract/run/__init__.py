"""A run: inputs through the extraction into finished parts, and a new register out of the parts, swapped in whole.

`runs.py` has the order of it; `intake.py` tells new articles from known ones, `parts.py` keeps what was extracted,
`workers.py` shares the work out, `rules.py` names the version of the rules.
"""

from extract.run.runs import Progress, RunReport, ensure_store, run

__all__ = ["Progress", "RunReport", "ensure_store", "run"]
