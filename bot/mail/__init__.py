"""E-mail: invitations and reminders go out by it, and what cannot be delivered comes back."""
