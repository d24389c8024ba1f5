"""Who may sign in: people, their sessions in browsers, their tokens for programs."""
