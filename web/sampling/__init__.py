"""Samples for coding: articles drawn at random, and the file that is made of them."""
