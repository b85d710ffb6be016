"""One module for each topic, with its texts and its experiment."""
