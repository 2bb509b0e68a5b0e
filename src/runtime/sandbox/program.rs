//! Other programs: started, fed, listened to.
//!
//! A thread for each stream moves the bytes, so that no pipe runs full while another one is waited for; each calls
//! `wake` when its stream ends, and whoever waits looks again.

#![expect(clippy::disallowed_types, reason = "this is the one door to other programs")]

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use crate::runtime::sandbox::permissions;

/// What one stream of a program may hold: as much as a text.
const MOST_BYTES: usize = i32::MAX as usize;

/// Between two looks whether a program has ended.
const LOOK: Duration = Duration::from_millis(5);
/// How long the streams of a program that has ended are listened to.
const PATIENCE: Duration = Duration::from_millis(250);

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
        permissions::as_io(permissions::run(name))?;
        let mut command = Command::new(name);
        if !permissions::inherits_environment() {
            command.env_clear();
        }
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

    /// Starts it to be spoken with; it is ended when the time is over.
    pub fn employ(&self, time: Option<Duration>, wake: &Wake) -> io::Result<Employed> {
        let mut command = self.command()?;
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (out, err) = (Arc::default(), Arc::default());
        let id = child.id();
        let (input, lines) = mpsc::channel::<Vec<u8>>();
        if let Some(mut stdin) = child.stdin.take() {
            // The stream is closed when nobody can send any more.
            let writer = move || {
                for bytes in lines {
                    if stdin.write_all(&bytes).and_then(|()| stdin.flush()).is_err() {
                        return;
                    }
                }
            };
            drop(spawn(writer));
        }
        listen(child.stdout.take(), &out, wake);
        listen(child.stderr.take(), &err, wake);
        let employed = Employed {
            id,
            out,
            err,
            input: Mutex::new(Some(input)),
            end: Arc::default(),
            stop: Arc::default(),
        };
        employed.watch(child, time, wake)?;
        Ok(employed)
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

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// What it gave back; `None` when it was ended.
    pub code: Option<i32>,
    /// It was ended because its time was over.
    pub timed_out: bool,
}

/// A program that runs and is spoken with.
pub struct Employed {
    id: u32,
    out: Arc<Pipe>,
    err: Arc<Pipe>,
    input: Mutex<Option<mpsc::Sender<Vec<u8>>>>,
    end: Arc<Mutex<Option<End>>>,
    stop: Arc<AtomicBool>,
}

impl Employed {
    /// A thread that sees the end of the program, or brings it about.
    fn watch(&self, mut child: Child, time: Option<Duration>, wake: &Wake) -> io::Result<()> {
        let (out, err, end) = (Arc::clone(&self.out), Arc::clone(&self.err), Arc::clone(&self.end));
        let (stop, wake) = (Arc::clone(&self.stop), Arc::clone(wake));
        let until = time.and_then(|time| Instant::now().checked_add(time));
        let watcher = move || {
            let mut timed_out = false;
            let status = loop {
                match child.try_wait() {
                    Ok(Some(status)) => break Some(status),
                    Ok(None) => {}
                    Err(_) => break None,
                }
                timed_out = timed_out || until.is_some_and(|until| until <= Instant::now());
                if timed_out || stop.load(Ordering::Acquire) {
                    drop(child.kill());
                }
                std::thread::sleep(LOOK);
            };
            // What it has said is still on its way; a program that it started itself may hold the streams open.
            let last = Instant::now() + PATIENCE;
            while !(out.ended.load(Ordering::Acquire) && err.ended.load(Ordering::Acquire))
                && Instant::now() < last
            {
                std::thread::sleep(LOOK);
            }
            let stopped = timed_out || stop.load(Ordering::Acquire);
            let code = status.and_then(|status| status.code()).filter(|_| !stopped);
            *end.lock().unwrap_or_else(PoisonError::into_inner) = Some(End { code, timed_out });
            wake();
        };
        spawn(watcher).map(drop)
    }

    /// Its number in the system.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Whether it has said something that was not taken.
    pub fn has_output(&self) -> bool {
        !self.out.is_empty() || !self.err.is_empty()
    }

    /// What it has written to standard output, and to standard error, since this was asked last.
    pub fn take_output(&self) -> (Vec<u8>, Vec<u8>) {
        (self.out.take(), self.err.take())
    }

    /// How it ended, when it has.
    pub fn end(&self) -> Option<End> {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes to its standard input, in the background. What it does not read is lost.
    pub fn send(&self, bytes: Vec<u8>) {
        if let Some(input) = &*self.input.lock().unwrap_or_else(PoisonError::into_inner) {
            drop(input.send(bytes));
        }
    }

    /// Closes its standard input, after all that was sent.
    pub fn close_input(&self) {
        drop(self.input.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Ends it.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Release);
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
                pipe.fill(&mut stream, &wake);
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
    fn fill(&self, stream: &mut impl Read, wake: &Wake) {
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
            drop(bytes);
            wake();
        }
    }

    fn is_empty(&self) -> bool {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
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

/// The words of a command line: blanks part them, but not within quotes, nor behind a backslash where paths have none.
pub fn words(line: &str) -> Vec<String> {
    let escapes = !cfg!(windows);
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match (sign, quote) {
            ('\\', None | Some('"')) if escapes => {
                if let Some(next) = signs.next() {
                    word.get_or_insert_default().push(next);
                }
            }
            (sign, Some(open)) if sign == open => quote = None,
            ('"' | '\'', None) if sign == '"' || escapes => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (' ' | '\t' | '\r' | '\n', None) => words.extend(word.take()),
            (sign, _) => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_parted_by_blanks_outside_quotes() {
        assert_eq!(words("/bin/ls  -l \"a b\" 'c d'"), ["/bin/ls", "-l", "a b", "c d"]);
        assert_eq!(words("a\\ b \"\" c\"d\"e"), ["a b", "", "cde"]);
        assert!(words("  ").is_empty());
    }
}
