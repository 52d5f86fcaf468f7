"""Tests of the room that makes the recogniser's weights."""
