"""Pictures and voices: kept once under the hash of their content, sent by the id that each bot has for them."""
