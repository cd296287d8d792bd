import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
def target = new File(basedir, 'target')
def publicKey = { String name -> new File(basedir, "${name}.secret.public").text.trim() }

assert log =~ /2 crates rebuilt, 2 identical/
['nix', 'elsewhere'].each { folder ->
    assert new File(target, "${folder}/report.html").text.contains('<h2>Every rebuild was identical</h2>')
    def data = new JsonSlurper().parse(new File(target, "${folder}/report.json"))
    assert data.outcome == 'passed' && data.members*.member == ['binary-cache']
    assert data.packages.find { it.id == 'binary-cache 0.1.0' }.verdict == 'identical'
    assert data.packages.find { it.id == 'itoa 1.0.14' }.license == 'MIT OR Apache-2.0'
    assert new File(target, "${folder}/binary-cache-1.buildcompare").text.contains('ko=0')
}

def output = new File(target, 'nix/result-binary-cache').canonicalPath
assert log =~ /\d+ paths? pushed to file:\S+\/target\/cache, 0 already there/
assert log.contains('To trust this cache, set: trusted-public-keys = ' + publicKey('cache'))
def told = new File(target, "cache/${new File(output).name.take(32)}.narinfo").text
assert told.contains("StorePath: ${output}\n") && told.contains('Sig: cache-1:')

def taken = { String store, String key ->
    def command = ['nix-store', '--store', new File(target, store).path, '--realise', output]
    [substitute: 'true', substituters: 'file://' + new File(target, 'cache'), 'trusted-public-keys': publicKey(key), 'require-sigs': 'true',
     'build-users-group': '', 'narinfo-cache-positive-ttl': '0'].each { name, value -> command += ['--option', name, value] }
    def process = command.execute()
    def messages = new StringBuffer()
    process.waitForProcessOutput(new StringBuffer(), messages)
    // Nix makes its folders read-only, and mvn clean is to delete them.
    assert ['chmod', '-R', 'u+w', new File(target, store).path].execute().waitFor() == 0
    [process.exitValue(), messages.toString()]
}
def (status, messages) = taken('trusting', 'cache')
assert status == 0 : messages
assert new File(target, "trusting${output}/bin/binary-cache").bytes == new File("${output}/bin/binary-cache").bytes
def (refused, why) = taken('wary', 'stranger')
assert refused != 0 && why.contains("is not signed by any of the keys in 'trusted-public-keys'")

assert !log.contains(new File(basedir, 'cache.secret').text.trim().split(':')[1])
