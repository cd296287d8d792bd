def log = new File(basedir, 'build.log').text
assert log.contains('Tests: 3 passed, 0 failed, 0 ignored')

def report = new File(basedir, 'target/surefire-reports/TEST-handshake.test.loopback.xml').text
for (name in ['tls_1_2', 'tls_1_3', 'a_server_that_nobody_vouches_for_is_refused']) {
    assert report.contains("<testcase name=\"$name\" classname=\"handshake.test.loopback\"")
}
