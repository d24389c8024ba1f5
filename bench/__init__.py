"""What we are fast and good against: reproducible comparisons."""
