"""HTTP: the webhook's route, which stores the raw body and no more, and health."""
