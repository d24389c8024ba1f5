"""What the frontier says of many addresses together: what they tell and claim, what was left out and lost."""
