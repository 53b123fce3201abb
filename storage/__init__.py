"""SQLAlchemy: tables, units of work, repositories. The only room that knows the database."""
