"""One repository for each port: domain values in, domain values out."""
