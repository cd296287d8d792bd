// Of aura two members, whose sources are not there and not needed: what counts is the crates they bring. The lock is aura's, cut down to what the two need.
def corpus = new File(basedir, '../../../../../shared/corpus/aura').canonicalFile
def members = ['aura-core', 'aura-crypto']

def manifest = new File(corpus, 'Cargo.toml').text
new File(basedir, 'Cargo.toml').text = manifest.replaceFirst(/(?s)\nmembers = \[.*?]/, "\nmembers = [${members.collect { "\"crates/$it\"" }.join(', ')}]")
for (member in members) {
    def source = new File(basedir, "crates/$member/src/lib.rs")
    source.parentFile.mkdirs()
    source.text = ''
    new File(basedir, "crates/$member/Cargo.toml").text = new File(corpus, "crates/$member/Cargo.toml").text
}

def entries = new File(corpus, 'Cargo.lock').text.split('\n(?=\\[\\[package]])').toList()
def head = entries.remove(0)
def value = { String entry, String key -> (entry =~ /(?m)^$key = "(.*)"/)[0][1] }
def needed = new LinkedHashSet<String>()
def open = new ArrayDeque<String>(members)
while (!open.isEmpty()) {
    // NAME, or NAME VERSION where there are several
    def (name, version) = open.removeFirst().split(' ').toList() + [null]
    def entry = entries.find { value(it, 'name') == name && (version == null || value(it, 'version') == version) }
    if (needed.add(entry)) {
        open.addAll((entry =~ /(?m)^ "(.*)",/).collect { it[1] })
    }
}
new File(basedir, 'Cargo.lock').text = ([head] + entries.findAll { it in needed }).join('\n')
return true
