def log = new File(basedir, 'build.log').text
assert log.contains('failed: failing-test src/lib.rs (unit tests): tests::adds')
assert log.contains('adding <2> & 1')
assert log.contains('failed: failing-test tests/killed.rs: killed')
assert log.contains('killed by signal 6')
assert log.contains('Tests: 1 passed, 2 failed, 0 ignored')
assert log =~ /\[ERROR\].*2 tests failed/
assert log =~ /\[WARNING\] 2 tests failed/

def report = new File(basedir, 'target/surefire-reports/TEST-failing-test.xml').text
assert report.contains('tests="2"') && report.contains('failures="1"')
assert report.contains('<testcase name="adds" classname="failing-test.tests"')
assert report.contains('message="assertion `left == right` failed"')
assert report.contains('adding &lt;2&gt; &amp; 1')
