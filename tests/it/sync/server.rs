//! A server of the tests' own on loopback: real sockets, HTTP/1.1, TLS if asked for. What it answers, and how badly, a
//! function of the test says; every request is recorded with the time of the test's clock.

use baocao::sync::clock::SyncClock;
use jiff::Timestamp;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as the server read it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub host: String,
    pub path: String,
    /// `name: value`, names in lower case.
    pub headers: Vec<String>,
    pub at: Timestamp,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// What the server sends: bytes with pauses between, then the end of the connection.
#[derive(Clone, Default)]
pub struct Reply {
    pub pieces: Vec<Vec<u8>>,
    pub pause: Duration,
    /// Send the last piece again and again, until the client leaves.
    pub is_endless: bool,
}

impl Reply {
    pub fn new(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
        Self::raw(&[head.as_bytes(), body].concat())
    }

    pub fn page(body: &str) -> Self {
        Self::new(200, "Content-Type: text/html; charset=utf-8\r\n", body)
    }

    pub fn redirect(to: &str) -> Self {
        Self::new(302, &format!("Location: {to}\r\n"), "")
    }

    pub fn raw(bytes: &[u8]) -> Self {
        Self { pieces: vec![bytes.to_vec()], ..Self::default() }
    }
}

/// A clock that passes when it is waited for.
#[derive(Debug)]
pub struct TestClock(Mutex<Timestamp>);

impl TestClock {
    pub fn new(now: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(now.parse().unwrap())))
    }

    pub fn pass(&self, time: Duration) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(time).unwrap();
    }
}

impl SyncClock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, time: Duration) {
        self.pass(time);
    }
}

pub type Answers = dyn Fn(&Asked) -> Reply + Send + Sync;

/// The server. Its threads end with the connection to `address` that `drop` makes.
pub struct Server {
    pub address: SocketAddr,
    pub asked: Arc<Mutex<Vec<Asked>>>,
    pub connections: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    pub fn new(clock: Arc<TestClock>, answers: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(clock, None, Arc::new(answers))
    }

    pub fn with(clock: Arc<TestClock>, tls: Option<Arc<rustls::ServerConfig>>, answers: Arc<Answers>) -> Self {
        // Every address of this machine's loopback: 127.0.0.2 and so on are hosts of their own.
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], listener.local_addr().unwrap().port()));
        let (asked, connections) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)));
        let is_over = Arc::new(AtomicBool::new(false));
        let server = Self {
            address,
            asked: Arc::clone(&asked),
            connections: Arc::clone(&connections),
            is_over: is_over.clone(),
        };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                connections.fetch_add(1, Ordering::Relaxed);
                let (clock, tls, answers, asked) = (clock.clone(), tls.clone(), answers.clone(), asked.clone());
                std::thread::spawn(move || {
                    let serve = |stream: &mut dyn Stream| serve(stream, &clock, &*answers, &asked);
                    match tls {
                        None => serve(&mut { stream }),
                        Some(config) => {
                            let session = rustls::ServerConnection::new(config).unwrap();
                            serve(&mut rustls::StreamOwned::new(session, stream));
                        }
                    }
                });
            }
        });
        server
    }

    /// The paths that were asked for, in order, without robots.txt.
    pub fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|asked| asked.path.clone()).filter(|path| path != "/robots.txt").collect()
    }

    pub fn forget(&self) {
        self.asked.lock().unwrap().clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

/// Answers the requests of one connection until the client leaves, or an answer ends it.
fn serve(stream: &mut dyn Stream, clock: &TestClock, answers: &Answers, asked: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream);
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line.trim().is_empty() {
                break;
            }
            lines.push(line.trim_end().to_owned());
        }
        let Some(first) = lines.first() else { return };
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let header = |line: &String| {
            let (name, value) = line.split_once(':')?;
            Some(format!("{}: {}", name.to_lowercase(), value.trim()))
        };
        let headers: Vec<String> = lines.iter().skip(1).filter_map(header).collect();
        let mut request = Asked { host: String::new(), path, headers, at: clock.now() };
        request.host = request.header("host").unwrap_or_default().to_owned();
        asked.lock().unwrap().push(request.clone());
        let reply = answers(&request);
        let stream = reader.get_mut();
        let whole = reply.pieces.len() == 1 && !reply.is_endless;
        for piece in &reply.pieces {
            if stream.write_all(piece).and_then(|()| stream.flush()).is_err() {
                return;
            }
            std::thread::sleep(reply.pause);
        }
        if reply.is_endless {
            while stream.write_all(reply.pieces.last().unwrap()).is_ok() {}
            return;
        }
        // A reply of several pieces is a broken one, and so is one without its length.
        let says_length = reply.pieces[0].windows(15).any(|window| window.eq_ignore_ascii_case(b"content-length:"));
        if !whole || !says_length || reply.pieces[0].windows(7).any(|window| window == b"X-Break") {
            return;
        }
    }
}
