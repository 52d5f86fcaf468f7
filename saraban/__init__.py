"""Saraban: scans of Thai government letters go in; linked letters, tasks and answers come out."""
