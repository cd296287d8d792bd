def log = new File(basedir, 'build.log').text
assert log.contains('the toolchain lock cannot build for x86_64-unknown-linux-musl: it does not contain musl-tools, rust-src')
assert log.contains('Add <target>x86_64-unknown-linux-musl</target> to the plugin\'s <targets> and run `mvn nix:toolchain`.')
assert log =~ /(\d+) crates rebuilt, \1 identical/
// with the standard library, which the store may have had
def verified = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/nix/verify.json'))
assert verified.toString().contains('-rust-std-x86_64-unknown-linux-musl.drv')

// By the sysroot's loader: it may need another C library than this machine has.
def sysroot = new File(basedir, 'target/nix/toolchain').canonicalPath
def readelf = [sysroot + '/usr/lib64/ld-linux-x86-64.so.2', '--library-path', sysroot + '/usr/lib/x86_64-linux-gnu', sysroot + '/usr/bin/readelf']
def isStatic = { File program ->
    def headers = (readelf + ['--wide', '--program-headers', '--dynamic', program.path]).execute().text
    headers.contains('LOAD') && !headers.contains('INTERP') && !headers.contains('(NEEDED)')
}

def app = new File(basedir, 'target/nix/result-app-x86_64-unknown-linux-musl/bin/app')
assert isStatic(app)
assert app.path.execute().text == '''\
built for x86_64-unknown-linux-musl, musl
script for gnu, probe true
is for musl
macro: QUIET!
C: 42
threads: 36
dropped
caught: too many: 2
joined: too many: 3
through C: true
traced: true true
host: Some(127.0.0.1:80)
'''

// What is in the program stands in its bill of materials.
def components = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/nix/bom.json')).components
def scope = { purl -> components.find { it.purl.toString().startsWith(purl) }?.scope }
assert scope('pkg:deb/debian/musl-dev@') == 'required'
assert scope('pkg:cargo/hashbrown@') == 'required'

def rg = new File(basedir, 'target/nix/result-ripgrep-x86_64-unknown-linux-musl/bin/rg')
assert isStatic(rg)
new File(basedir, 'haystack').text = 'one\na planted line\n'
assert [rg.path, '--line-number', 'planted', new File(basedir, 'haystack').path].execute().text == '2:a planted line\n'
assert [rg.path, '--version'].execute().text.startsWith('ripgrep 14.1.1')
