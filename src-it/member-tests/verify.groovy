def log = new File(basedir, 'build.log').text
assert log.contains('greeter src/lib.rs (unit tests): 2 passed, 0 failed, 1 ignored')
assert log.contains('greeter tests/program.rs: 1 passed, 0 failed')
assert log.contains('documentation of greeter: 1 passed, 0 failed')
assert log.contains('Tests: 5 passed, 0 failed, 1 ignored')
assert log.contains('nothing they depend on has changed since they ran')
assert log.contains('greeter src/lib.rs (unit tests): 1 passed, 0 failed')
assert log.contains('Skipped by -DskipTests')

def reports = new File(basedir, 'target/surefire-reports')
assert reports.list().sort() == ['TEST-greeter.bin.greeter.xml', 'TEST-greeter.doc.xml', 'TEST-greeter.test.plain.xml', 'TEST-greeter.test.program.xml',
  'TEST-greeter.xml']
// of the run that chose one test
def chosen = new File(reports, 'TEST-greeter.xml').text
assert chosen.contains('name="greeter"') && chosen.contains('tests="1"')
assert chosen.contains('<testcase name="slow_ones_wait" classname="greeter.tests"')
