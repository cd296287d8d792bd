def log = new File(basedir, 'build.log').text
assert log.contains('not-reproducible 0.1.0')
assert log.contains('built.txt')
assert log =~ /2 crates rebuilt, 1 identical, 1 not/

def report = new File(basedir, 'target/nix/verify.json').text
assert report.contains('built.txt')
assert report.contains('"outcome" : "failed"')
assert log.contains("different: not-reproducible 0.1.0 (build script's run): depends on the clock")
assert log =~ /Tried: \d+ rebuilds .*build path, cores, clock/
