"""Arabic news text in, diplomatic engagement records out: see README.md beside this file for the tour."""
