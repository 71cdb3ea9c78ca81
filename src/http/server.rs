//! Listening: takes an address, refuses to be open to others by accident, and ends cleanly.

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use crate::library::Library;
use crate::text::Lang;

use super::draft::policy::DraftPolicy;
use super::layers::security::Access;
use super::router::app;

/// How long answers under way may take once the server is asked to end.
const GRACE_PERIOD: Duration = Duration::from_secs(5);

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum ServeError {
    /// Not `HOST:PORT`, or a host without an address.
    BadAddress {
        address: String,
    },
    /// Other machines can reach it, and neither a token nor `--allow-anyone` was given.
    Unguarded {
        address: SocketAddr,
    },
    EmptyToken,
    InUse {
        address: SocketAddr,
    },
    Io {
        address: SocketAddr,
        reason: String,
    },
}

impl ServeError {
    /// The error in the user's language, with what to do.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (ServeError::BadAddress { address }, Lang::Vi) => {
                format!("“{address}” không phải địa chỉ nghe được. Viết dạng MÁY:CỔNG, ví dụ --listen 127.0.0.1:8700.")
            }
            (ServeError::BadAddress { address }, Lang::En) => {
                format!("“{address}” is no address to listen on. Write HOST:PORT, for example --listen 127.0.0.1:8700.")
            }
            (ServeError::Unguarded { address }, Lang::Vi) => format!(
                "{address} mở cho máy khác trong mạng. Thêm --token MÃ để chỉ ai có mã mới vào được, hoặc --allow-anyone nếu muốn mở cho mọi người."
            ),
            (ServeError::Unguarded { address }, Lang::En) => format!(
                "{address} can be reached from other machines. Add --token TOKEN to let in only those who have it, or --allow-anyone to let in everybody."
            ),
            (ServeError::EmptyToken, Lang::Vi) => {
                "Mã truy cập (--token) để trống. Hãy đặt một mã dài, khó đoán.".to_owned()
            }
            (ServeError::EmptyToken, Lang::En) => {
                "The token is empty. Choose a long one that is hard to guess.".to_owned()
            }
            (ServeError::InUse { address }, Lang::Vi) => format!(
                "{address} đang có chương trình khác dùng. Nếu đó là danchieu đang chạy thì mở http://{address}/, nếu không thì chọn cổng khác: danchieu serve --listen {}.",
                next_port(*address)
            ),
            (ServeError::InUse { address }, Lang::En) => format!(
                "{address} is in use by another program. If that is danchieu already running, open http://{address}/; otherwise choose another port: danchieu serve --listen {}.",
                next_port(*address)
            ),
            (ServeError::Io { address, reason }, Lang::Vi) => format!("không nghe được ở {address}: {reason}."),
            (ServeError::Io { address, reason }, Lang::En) => format!("cannot listen on {address}: {reason}."),
        }
    }
}

/// The next port of the same address.
fn next_port(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip(), address.port().checked_add(1).unwrap_or(8700))
}

/// An address that is taken, before anything is answered on it. Requests that come meanwhile wait.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    access: Access,
}

impl Server {
    /// Takes `address` (`HOST:PORT`; port 0 is any free one). An address that other machines can reach needs a
    /// token or `allow_anyone`.
    ///
    /// # Errors
    /// [`ServeError`]; nothing is taken then.
    pub fn bind(address: &str, token: Option<&str>, allow_anyone: bool) -> Result<Server, ServeError> {
        let wanted = address
            .to_socket_addrs()
            .ok()
            .and_then(|mut found| found.next())
            .ok_or_else(|| ServeError::BadAddress { address: address.to_owned() })?;
        let loopback = wanted.ip().is_loopback();
        if token.is_some_and(|token| token.trim().is_empty()) {
            return Err(ServeError::EmptyToken);
        }
        if !loopback && token.is_none() && !allow_anyone {
            return Err(ServeError::Unguarded { address: wanted });
        }
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::AddrInUse => ServeError::InUse { address: wanted },
            _ => ServeError::Io { address: wanted, reason: error.to_string() },
        };
        let listener = TcpListener::bind(wanted).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Server { listener, address, access: Access::new(loopback, token) })
    }

    /// Where it listens; the port is the real one.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until Ctrl-C or SIGTERM, then lets the answers under way finish.
    ///
    /// # Errors
    /// The system refuses threads or the socket.
    pub fn run(self, library: Arc<Library>, policy: DraftPolicy) -> Result<(), ServeError> {
        let address = self.address;
        let failed = |error: io::Error| ServeError::Io { address, reason: error.to_string() };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
        let app = app(library, self.access, policy);
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let (ending, mut is_ending) = tokio::sync::watch::channel(false);
            let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
                signalled().await;
                let _ = ending.send(true);
            });
            let grace_period = async {
                let _ = is_ending.wait_for(|ending| *ending).await;
                tokio::select! {
                    () = tokio::time::sleep(GRACE_PERIOD) => {}
                    () = signalled() => {}
                }
            };
            tokio::select! {
                done = IntoFuture::into_future(serving) => done,
                () = grace_period => Ok(()),
            }
        });
        // A long check still under way does not hold the program back.
        runtime.shutdown_background();
        served.map_err(failed)
    }
}

/// Waits for Ctrl-C, or on Unix for SIGTERM.
async fn signalled() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return interrupt.await };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_machines_need_a_token_or_a_flag() {
        assert!(matches!(Server::bind("0.0.0.0:0", None, false), Err(ServeError::Unguarded { .. })));
        assert!(matches!(Server::bind("0.0.0.0:0", Some(" "), false), Err(ServeError::EmptyToken)));
        assert!(Server::bind("127.0.0.1:0", None, false).is_ok());
    }

    #[test]
    fn a_port_in_use_is_named_with_a_way_on() {
        let first = Server::bind("127.0.0.1:0", None, false).unwrap();
        let error = Server::bind(&first.address().to_string(), None, false).err().unwrap();
        let message = error.message(Lang::En);
        assert!(message.contains(&first.address().to_string()) && message.contains("--listen"), "{message}");
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        assert!(matches!(Server::bind("8700", None, false), Err(ServeError::BadAddress { .. })));
    }
}
