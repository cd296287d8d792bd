def log = new File(basedir, 'build.log').text
assert log =~ /(\d+) crates rebuilt, \1 identical/

def tokei = new File(basedir, 'target/nix/result-tokei/bin/tokei')
def source = new File(basedir, 'counted')
source.mkdirs()
new File(source, 'a.rs').text = '// a comment\nfn main() {\n}\n'
def counted = new groovy.json.JsonSlurper().parseText([tokei.path, '--output', 'json', source.path].execute().text)
assert counted.Rust.code == 2 && counted.Rust.comments == 1
