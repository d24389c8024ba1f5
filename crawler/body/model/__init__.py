"""The learned model of blocks and the features it reads."""
