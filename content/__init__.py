"""What is sent, to whom, at what age, and why; and the code that loads, checks and renders it."""
