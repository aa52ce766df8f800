"""The steps from curated stories to kept promises: one verb, one file, one transaction."""
