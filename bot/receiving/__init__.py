"""Updates: fetched, stored raw, then processed chat by chat."""
