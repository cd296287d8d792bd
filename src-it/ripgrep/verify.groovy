def log = new File(basedir, 'build.log').text
assert log =~ /(\d+) crates rebuilt, \1 identical/

def rg = new File(basedir, 'target/nix/result-ripgrep/bin/rg')
def haystack = new File(basedir, 'haystack')
haystack.mkdirs()
new File(haystack, 'a.txt').text = 'nothing here\n'
new File(haystack, 'b.txt').text = 'one\na planted line\n'
def search = [rg.path, '--line-number', '--no-heading', 'planted', haystack.path].execute()
assert search.text == "${haystack.path}/b.txt:2:a planted line\n"
assert [rg.path, '--version'].execute().text.startsWith('ripgrep 14.1.1')
