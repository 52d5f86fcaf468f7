"""Sample packets of Thai official letters with truth files, and the generator that made them.

Run ``python -m samples.make``. Nothing here is installed with the project; every person and every text is invented.
"""
