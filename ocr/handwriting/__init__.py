"""Running numbers and days that are written by hand into printed lines: found, read, and ranked with probabilities."""
