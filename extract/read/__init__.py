"""Files in, articles out: `read_inputs` takes files, folders and globs; formats.py has one reader a format."""

from extract.read.inputs import Located, read_inputs, read_located

__all__ = ["Located", "read_inputs", "read_located"]
