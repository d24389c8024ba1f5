from hypothesis import settings

# Derandomized: a check that passed passes again; without a deadline: other programs' load is no failure.
settings.register_profile("pressmark", deadline=None, derandomize=True)
settings.load_profile("pressmark")
