"""One codebook in four formats: what every column means, who was asked and how many answered."""
