"""Files in, articles out: `read_inputs` takes files, folders, globs, addresses; formats.py is the table of formats."""

from extract.read.inputs import Located, find_sources, read_inputs, read_located, read_source
from extract.read.source import Source

__all__ = ["Located", "Source", "find_sources", "read_inputs", "read_located", "read_source"]
