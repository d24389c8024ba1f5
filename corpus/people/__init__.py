"""A printed name -> a person."""
