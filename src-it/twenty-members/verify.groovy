def run = { String... command ->
    def process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start()
    def answer = process.inputStream.text
    assert process.waitFor() == 0 : command
    return answer.trim()
}
def said = { String tree -> run(new File(basedir, "target/$tree/nix/result-app/bin/app").path) }
assert said('before') == '18 23'
assert said('after') == '18 1020'

// Every derivation that the members need, the whole closure: path without the folder, which begins with the hash.
def derivations = { String tree ->
    def links = new File(basedir, "target/$tree/nix").listFiles().findAll { it.name.startsWith('result-') }
    assert links.size() == 20
    def derivers = run('nix-store', '--query', '--deriver', *links.collect { it.canonicalPath }).readLines()
    run('nix-store', '--query', '--requisites', *derivers).readLines().findAll { it.endsWith('.drv') }.collect { new File(it).name } as Set
}
def before = derivations('before'), after = derivations('after')
def nameOf = { it.substring(33) }
assert before.collect(nameOf).sort() == after.collect(nameOf).sort()

// 3 and what comes of halving to it, 6, 7, 12, 13, 14 and 15, and the program.
def expected = ['m03', 'm06', 'm07', 'm12', 'm13', 'm14', 'm15'].collectMany { ["rust-$it-1.0.0-lib.drv", "rust-$it-1.0.0.drv"] } +
    ['rust-app-1.0.0-bin-app.drv', 'rust-app-1.0.0.drv']
assert (after - before).collect(nameOf).sort() == expected.collect { it as String }.sort()

// And Nix built no more than that.
def log = new File(basedir, 'build.log').text
assert log.contains('20 crates built, 0 reused')
assert log.contains('8 crates built, 12 reused')
