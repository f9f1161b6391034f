"""Planning a round: how many segments, which transcripts, who codes them."""
