"""What things cost. Each folder is a benchmark, run from the root of the repository: `python3 -B -m benchmarks.rpc.run`
and the like; `make bench-…` installs first what it needs. `servers` starts what is measured."""
