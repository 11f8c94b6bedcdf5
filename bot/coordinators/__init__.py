"""What coordinators ask in a chat, and what they are told; knows no channel."""
