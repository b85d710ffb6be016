"""Speed, side by side with the peers: `python -m benchmarks` (extra `bench`). Nothing here decides a test."""
