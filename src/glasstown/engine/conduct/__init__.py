"""What people do, what they believe, and how they treat one another."""
