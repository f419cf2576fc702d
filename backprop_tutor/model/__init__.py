"""The nouns of the house: plain, frozen data that everybody may import and that imports nobody."""
