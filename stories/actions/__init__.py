"""The steps of a story's path: one verb, one file, one transaction, named errors."""
