"""What a health department never says to families, found in a text: negation in each language is understood."""
