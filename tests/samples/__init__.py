"""Tests of the sample packets and of what makes them."""
