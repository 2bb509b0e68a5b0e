//! Other programs: started, fed, listened to.
//!
//! A thread for each stream moves the bytes, so that no pipe runs full while another one is waited for; each calls
//! `wake` when its stream ends, and whoever waits looks again.

#![expect(clippy::disallowed_types, reason = "this is the one door to other programs")]

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What one stream of a program may hold: as much as a text.
const MOST_BYTES: usize = i32::MAX as usize;

/// A program to be started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// Its name or path, and its arguments.
    pub words: Vec<String>,
    /// The folder in which it is started.
    pub folder: Option<PathBuf>,
    /// Variables of its environment, over those of this program.
    pub variables: Vec<(String, String)>,
}

/// Called from another thread when something has happened.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What has come out of a stream.
#[derive(Default)]
struct Pipe {
    bytes: Mutex<Vec<u8>>,
    ended: AtomicBool,
}

/// A program that runs.
pub struct Running {
    child: Child,
    out: Arc<Pipe>,
    err: Arc<Pipe>,
}

impl Program {
    fn command(&self) -> io::Result<Command> {
        let Some((name, arguments)) = self.words.split_first() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "no program is named"));
        };
        let mut command = Command::new(name);
        command.args(arguments).envs(self.variables.iter().map(|(name, value)| (name, value)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        Ok(command)
    }

    /// Starts it with this input and listens to what it says.
    pub fn start(&self, input: Vec<u8>, wake: &Wake) -> io::Result<Running> {
        let mut command = self.command()?;
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that does not read its input to the end is no problem.
            drop(spawn(move || drop(stdin.write_all(&input))));
        }
        let (out, err) = (Arc::default(), Arc::default());
        listen(child.stdout.take(), &out, wake);
        listen(child.stderr.take(), &err, wake);
        Ok(Running { child, out, err })
    }

    /// Starts it and leaves it to itself; gives its number.
    pub fn start_alone(&self) -> io::Result<u32> {
        let mut command = self.command()?;
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let id = child.id();
        // Somebody must take note of its end, or the system keeps a trace of it.
        drop(spawn(move || drop(child.wait())));
        Ok(id)
    }
}

fn spawn(action: impl FnOnce() + Send + 'static) -> io::Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name("stream".to_owned()).stack_size(256 * 1024).spawn(action)
}

fn listen(stream: Option<impl Read + Send + 'static>, pipe: &Arc<Pipe>, wake: &Wake) {
    let reader = {
        let (pipe, wake) = (Arc::clone(pipe), Arc::clone(wake));
        move || {
            if let Some(mut stream) = stream {
                pipe.fill(&mut stream);
            }
            pipe.ended.store(true, Ordering::Release);
            wake();
        }
    };
    if spawn(reader).is_err() {
        pipe.ended.store(true, Ordering::Release);
    }
}

impl Pipe {
    fn fill(&self, stream: &mut impl Read) {
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let count = match stream.read(&mut chunk) {
                Ok(0) => return,
                Ok(count) => count,
                Err(problem) if problem.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return,
            };
            let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
            if bytes.len() < MOST_BYTES {
                bytes.extend_from_slice(chunk.get(..count).unwrap_or_default());
            }
        }
    }

    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Running {
    /// Its number in the system.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended and all that it said has been heard.
    pub fn has_ended(&mut self) -> bool {
        let heard = self.out.ended.load(Ordering::Acquire) && self.err.ended.load(Ordering::Acquire);
        heard && !matches!(self.child.try_wait(), Ok(None))
    }

    /// What it has written to standard output, and to standard error, since this was asked last.
    pub fn take_output(&self) -> (Vec<u8>, Vec<u8>) {
        (self.out.take(), self.err.take())
    }

    /// Ends it.
    pub fn kill(&mut self) {
        // One that has ended already is no problem.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
