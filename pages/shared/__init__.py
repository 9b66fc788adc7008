"""What the pages share: the list of pages, the sidebar, words in two languages, charts, map, tables and downloads."""
