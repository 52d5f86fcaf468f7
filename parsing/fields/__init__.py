"""Finders: each takes a letter's sheet (and what was found before it) and gives one field with its evidence."""
