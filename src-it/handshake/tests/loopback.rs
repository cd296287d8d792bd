use handshake::ask;
use rustls::pki_types::PrivateKeyDer;
use rustls::version::{TLS12, TLS13};
use rustls::{ProtocolVersion, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

/// A server for one connection, with a certificate of its own, that greets whoever says a name.
fn server() -> (SocketAddr, RootCertStore, JoinHandle<std::io::Result<()>>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let serving = thread::spawn(move || {
        let (socket, _) = listener.accept()?;
        let connection = ServerConnection::new(Arc::new(config)).map_err(std::io::Error::other)?;
        let mut stream = BufReader::new(StreamOwned::new(connection, socket));
        let mut name = String::new();
        stream.read_line(&mut name)?;
        let stream = stream.get_mut();
        write!(stream, "hello, {}", name.trim_end())?;
        stream.conn.send_close_notify();
        stream.flush()
    });
    (address, roots, serving)
}

#[test]
fn tls_1_3() {
    let (address, roots, serving) = server();
    let (version, answer) = ask(address, "localhost", roots, &[&TLS13], "Ring").unwrap();
    assert_eq!((version, answer.as_str()), (ProtocolVersion::TLSv1_3, "hello, Ring"));
    serving.join().unwrap().unwrap();
}

#[test]
fn tls_1_2() {
    let (address, roots, serving) = server();
    let (version, answer) = ask(address, "localhost", roots, &[&TLS12], "Ring").unwrap();
    assert_eq!((version, answer.as_str()), (ProtocolVersion::TLSv1_2, "hello, Ring"));
    serving.join().unwrap().unwrap();
}

#[test]
fn a_server_that_nobody_vouches_for_is_refused() {
    let (address, _, serving) = server();
    let problem = ask(address, "localhost", RootCertStore::empty(), &[&TLS13], "Ring").unwrap_err();
    assert!(problem.to_string().contains("UnknownIssuer"), "{problem}");
    serving.join().unwrap().unwrap_err();
}
