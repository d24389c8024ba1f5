"""Tests of the learned model of blocks."""
