"""Tests of the registry's rules, forms and stamp."""
