"""Letter numbers in print, read once more by a small network that looks at finer columns than Tesseract's."""
