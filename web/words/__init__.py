"""The words of a search: what its articles say more often than the others."""
