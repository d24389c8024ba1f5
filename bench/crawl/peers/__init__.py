"""Crawlers that other projects are built of, each as its users write it; run as programs of their own."""
