"""Side-by-side measurements that print ratios; see docs/benchmarks.md."""
