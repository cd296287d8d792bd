use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned, SupportedProtocolVersion};
use std::error::Error;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

/// Asks a server that one of `roots` vouches for: the version of TLS that was agreed on, and what it answers to `question`.
pub fn ask(
    server: SocketAddr,
    name: &'static str,
    roots: RootCertStore,
    versions: &[&'static SupportedProtocolVersion],
    question: &str,
) -> Result<(ProtocolVersion, String), Box<dyn Error>> {
    let config = ClientConfig::builder_with_protocol_versions(versions)
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), ServerName::try_from(name)?)?;
    let mut stream = StreamOwned::new(connection, TcpStream::connect(server)?);
    writeln!(stream, "{question}")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let version = stream.conn.protocol_version().ok_or("no handshake")?;
    Ok((version, answer))
}
