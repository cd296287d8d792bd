['cache', 'stranger'].each { name ->
    def secret = new File(basedir, "${name}.secret").path
    def made = ['nix-store', '--generate-binary-cache-key', "${name}-1", secret, "${secret}.public"].execute()
    assert made.waitFor() == 0 : made.err.text
}

return true
