"""Addresses: which wait and are leased, what they answered and claim, which were left out, how far lists are walked."""
