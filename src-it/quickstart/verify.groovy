import java.util.jar.JarFile

def log = new File(basedir, 'build.log').text
assert log =~ /(\d+) crates rebuilt, \1 identical/
assert log.contains('copied ')

def jar = new JarFile(new File(basedir, 'target/wordcount-1.0.0.jar'))
def library = jar.getEntry('native/libwordcount.so')
assert library != null && library.size > 10_000

def tests = new File(basedir, 'target/surefire-reports/TEST-demo.WordCountTest.xml').text
assert tests.contains('tests="2"') && tests.contains('errors="0"') && tests.contains('failures="0"')

def report = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/nix/verify.json'))
assert report.toString().contains('wordcount')
