"""Pure rules, standard library only: what would be true on paper, without computers."""
