"""What is said in answer: one file per kind of conversation. Each parses, calls one service and draws."""
