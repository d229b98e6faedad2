"""The commands of `evidence`: one a file, each ending in COMMAND."""
