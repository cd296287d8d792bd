def log = new File(basedir, 'build.log').text
assert log.contains('Nothing changed')
assert log =~ /2 crates rebuilt, 2 identical/
