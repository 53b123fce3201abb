"""The rules of what is never said to families, and the reader of them."""
