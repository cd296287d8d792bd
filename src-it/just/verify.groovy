def log = new File(basedir, 'build.log').text
assert log =~ /(\d+) crates rebuilt, \1 identical/

def just = new File(basedir, 'target/nix/result-just/bin/just')
// blake3: C and assembly that the cc crate compiled in the sandbox
def justfile = new File(basedir, 'justfile')
justfile.text = "x := blake3('abc')\n"
def answer = [just.path, '--justfile', justfile.path, '--evaluate', 'x'].execute()
assert answer.text.trim() == '6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85'
