"""The Queue page: batches as cards, films as rows, and what is asked for them."""
