def log = new File(basedir, 'build.log').text
assert log.contains('Adding the files of file://' + new File(basedir, 'upstream'))
assert log =~ /2 crates rebuilt, 2 identical/

def hashes = new groovy.json.JsonSlurper().parse(new File(basedir, 'crate-hashes.json'))
assert hashes.size() == 1
assert hashes.every { key, hash -> key.startsWith('git+file://') && hash.startsWith('sha256-') }

def program = new File(basedir, 'target/nix/result-git-dependency/bin/git-dependency')
assert [program.path].execute().text.trim() == 'hello from a submodule'
