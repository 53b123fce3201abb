"""From the results of services to semantic messages. No words here: they are in content/interface."""
