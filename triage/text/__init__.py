"""What a mail or an HTML body says, and how text from outside is shown safely."""
