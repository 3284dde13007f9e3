"""What is written as one page of HTML, whole in itself: no network, no other file."""
