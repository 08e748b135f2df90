"""What stands beside exported sound: reports, tables, pictures."""
