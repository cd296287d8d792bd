// The repository: a workspace whose package inherits its version, and reads a file of a submodule.
def upstream = new File(basedir, 'upstream')
def words = new File(basedir, 'words')

def git = { File folder, String... arguments ->
    def command = ['git', '-c', 'user.name=A', '-c', 'user.email=a@localhost', '-c', 'protocol.file.allow=always', *arguments]
    def process = new ProcessBuilder(command).directory(folder).redirectErrorStream(true).start()
    def output = process.inputStream.text.trim()
    assert process.waitFor() == 0 : output
    return output
}
def write = { File folder, String path, String text ->
    def file = new File(folder, path)
    file.parentFile.mkdirs()
    file.text = text
}
def commit = { File folder ->
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message', 'a commit')
    return git(folder, 'rev-parse', 'HEAD')
}

write(words, 'greeting.txt', 'hello from a submodule\n')
git(words, 'init', '--quiet')
commit(words)

write(upstream, 'Cargo.toml', '[workspace]\nmembers = ["crates/*"]\n[workspace.package]\nversion = "0.3.0"\n')
write(upstream, 'crates/greeting/Cargo.toml', '[package]\nname = "greeting"\nversion.workspace = true\nedition = "2021"\n')
write(upstream, 'crates/greeting/src/lib.rs', 'pub const GREETING: &str = include_str!("../../../words/greeting.txt");\n')
git(upstream, 'init', '--quiet', '--initial-branch=main')
git(upstream, 'submodule', '--quiet', 'add', '../words', 'words')
def head = commit(upstream)

for (name in ['Cargo.toml', 'Cargo.lock']) {
    def file = new File(basedir, name)
    file.text = file.text.replace('@repository@', 'file://' + upstream).replace('@commit@', head)
}
return true
