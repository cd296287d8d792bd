def log = new File(basedir, 'build.log').text
assert log.contains('greeter src/lib.rs (unit tests): 2 passed, 0 failed, 1 ignored')
assert log.contains('greeter tests/program.rs: 1 passed, 0 failed')
assert log.contains('documentation of greeter: 1 passed, 0 failed')
assert log.contains('Tests: 5 passed, 0 failed, 1 ignored')
assert log.contains('Tests: 6 passed, 0 failed, 0 ignored')
assert log.contains('Skipped by -DskipTests')

def reports = new File(basedir, 'target/surefire-reports')
assert reports.list().sort() == ['TEST-greeter.bin.greeter.xml', 'TEST-greeter.doc.xml', 'TEST-greeter.test.plain.xml', 'TEST-greeter.test.program.xml',
  'TEST-greeter.xml']
def units = new File(reports, 'TEST-greeter.xml').text
assert units.contains('name="greeter"') && units.contains('tests="3"') && units.contains('skipped="0"')
assert units.contains('<testcase name="are_said" classname="greeter.tests.names"')
assert units.contains('<testcase name="slow_ones_wait" classname="greeter.tests"')
assert new File(reports, 'TEST-greeter.test.program.xml').text.contains('<testcase name="greets" classname="greeter.test.program"')
assert new File(reports, 'TEST-greeter.doc.xml').text.contains('<testcase name="src/lib.rs - greeting (line 3)" classname="greeter.doc"')
