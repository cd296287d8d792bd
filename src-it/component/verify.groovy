def log = new File(basedir, 'build.log').text
assert log =~ /chat-wasm32-unknown-unknown: .*result-chat-wasm32-unknown-unknown/
assert log.contains('exports reply: func(message: message) -> string')

def result = new File(basedir, 'target/nix/result-chat-wasm32-unknown-unknown')
// A component: layer 1 of the binary format
assert new File(result, 'lib/chat.wasm').bytes[0..7] == [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]

def manifest = new File(result, 'actor.toml').readLines().collectEntries { line ->
  def (key, value) = line.split(' = ')
  [key, value[1..-2]]
}
assert manifest.component_path.startsWith('/nix/store/') && new File(manifest.component_path).isFile()
assert new File(manifest.prompt).text == 'You are a helpful chat.\n'

// What does not fit its world is no component: wasm-tools says why.
assert log.contains('chat 0.1.0 (component) for wasm32-unknown-unknown does not build')
assert log.contains('type mismatch for import `deaf`')
