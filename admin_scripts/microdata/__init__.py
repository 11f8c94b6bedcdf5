"""What people answered, one row a respondent: read here and nowhere else, and let out only through the gate."""
