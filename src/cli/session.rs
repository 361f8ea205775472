//! The context of a run: global options, settings, folders and the open cache. Each is resolved on first use, so that a
//! verb fails only on what it needs.

use super::archives;
use super::args::GlobalArgs;
use super::exit_status::Failure;
use super::output::say;
use crate::config::dirs::{self, NoHome};
use crate::config::{Config, ConfigFault, ConfigProblem};
use crate::extract::RULES;
use crate::keymap::Keymap;
use crate::lang::Lang;
use crate::store::{JoinedArchives, Store};
use crate::system::terminal_env::{ColourChoice, ColourDepth, TerminalEnv, colours};
use crate::text::safe::Safe;
use crate::theme::{self, OwnStyles};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The global options and, once read, the settings.
pub struct Session {
    /// The options as given on the command line.
    pub global: GlobalArgs,
    config: Option<Config>,
}

impl Session {
    /// Reads nothing yet: `config path`, for example, must work with a broken config file.
    pub fn new(global: GlobalArgs) -> Self {
        Self { global, config: None }
    }

    /// Path of the config file; `None` if no home folder is known.
    pub fn config_file(&self) -> Option<PathBuf> {
        dirs::config_file(self.global.config.as_deref(), &environment)
    }

    /// The settings, read on first use. A missing file is an error only if `--config` names it.
    pub fn config(&mut self) -> Result<&Config, Failure> {
        if self.config.is_none() {
            let given = self.global.config.as_deref();
            if let Some(path) = given.filter(|path| !path.exists()) {
                return Err(Failure::usage(format!(
                    "the settings {path:?} could not be read: there is no such file; `source add` and `watch add` make \
                     it, and so does an editor"
                )));
            }
            let read = self.config_file().map_or_else(|| Ok(Config::default()), |path| Config::read(&path));
            // Another user's home folder, as under `sudo -u` without `-H`: that user's settings are none of ours.
            let read = match read {
                Err(problem @ ConfigProblem::Denied { .. }) if given.is_none() => {
                    say(&format!("{problem}; the default settings apply"));
                    Ok(Config::default())
                }
                read => read,
            };
            self.config = Some(read.map_err(|problem| match problem {
                // All that is wrong is told at once, also what only the reader would find.
                ConfigProblem::Wrong { mut faults, rest, .. } => {
                    faults.extend(faults_of_reader(&rest));
                    self.wrong_settings(faults)
                }
                problem => Failure::Settings(with_hint(problem.messages())),
            })?);
        }
        self.config.as_ref().ok_or_else(|| Failure::usage("there are no settings"))
    }

    /// The settings, for a verb that is about to write into their file. A file that does not exist yet is made by that
    /// verb, also if `--config` names it.
    pub fn config_to_change(&mut self) -> Result<&Config, Failure> {
        if self.config.is_none() && self.global.config.as_deref().is_some_and(|path| !path.exists()) {
            self.config = Some(Config::default());
        }
        self.config()
    }

    /// The failure for lines of the config file that are wrong.
    fn wrong_settings(&self, mut faults: Vec<ConfigFault>) -> Failure {
        faults.sort();
        faults.dedup();
        let path = self.config_file().unwrap_or_default();
        let problem = ConfigProblem::Wrong { path, faults, rest: Box::default() };
        Failure::Settings(with_hint(problem.messages()))
    }

    /// The keys of the reader and the user's own styles.
    pub fn keys_and_styles(&mut self) -> Result<(Arc<Keymap>, OwnStyles), Failure> {
        let config = self.config()?.clone();
        match (Keymap::with_own(&config.own_keys, config.q_quits), theme::own_styles(&config.own_colours)) {
            (Ok(keymap), Ok(styles)) => Ok((keymap, styles)),
            _ => Err(self.wrong_settings(faults_of_reader(&config))),
        }
    }

    /// The options with which another run of this program has the same cache and settings. A path that is no Unicode
    /// cannot be passed on in words and is left to the environment.
    pub fn own_arguments(&self) -> Vec<String> {
        let GlobalArgs { cache, archive, config, remote, .. } = &self.global;
        let archives = archive.iter().map(|folder| ("--archive", folder));
        let paths = cache.iter().map(|folder| ("--cache", folder)).chain(archives);
        let paths = paths.chain(config.iter().map(|file| ("--config", file)));
        let given = paths.filter_map(|(option, path)| Some([option.to_owned(), path.to_str()?.to_owned()]));
        let remote = remote.iter().map(|host| ["--remote".to_owned(), host.clone()]);
        given.chain(remote).flatten().collect()
    }

    /// The folders of data and of state, in this order.
    pub fn folders(&mut self) -> Result<(PathBuf, PathBuf), Failure> {
        let given = match self.global.cache.clone().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => Some(folder),
            None => self.config()?.cache.clone(),
        };
        dirs::folders(given.as_deref(), &environment)
            .map_err(|error: NoHome| Failure::Message(super::exit_status::CACHE, error.to_string()))
    }

    /// The archives to read instead of the user's own cache: by the option, else the environment, else the settings.
    pub fn archives(&mut self) -> Result<Vec<PathBuf>, Failure> {
        let by_environment = || std::env::var_os("BAOCAO_ARCHIVE").map(|list| std::env::split_paths(&list).collect());
        let given = Some(self.global.archive.clone()).filter(|given| !given.is_empty()).or_else(by_environment);
        let given = match given {
            Some(given) => given,
            None => self.config()?.archives.clone(),
        };
        Ok(given.into_iter().filter(|folder| !folder.as_os_str().is_empty()).collect())
    }

    /// The archives, if they are several, which are then listed as one.
    pub fn joined(&mut self) -> Result<Option<JoinedArchives>, Failure> {
        let archives = self.archives()?;
        if archives.len() < 2 {
            return Ok(None);
        }
        let joined = JoinedArchives::new(&self.folders()?.0, &archives);
        Ok((joined.archives().len() > 1).then_some(joined))
    }

    /// The archive to read instead of the user's own cache; of several, the one that has the reports of all of them.
    pub fn archive(&mut self) -> Result<Option<PathBuf>, Failure> {
        match self.joined()? {
            Some(joined) => Ok(Some(joined.folder().to_owned())),
            None => Ok(self.archives()?.into_iter().next()),
        }
    }

    /// Where to read, with several archives brought up to date first.
    fn location(&mut self) -> Result<CachePlace, Failure> {
        let own = self.folders()?.0;
        Ok(match self.joined()? {
            Some(joined) => {
                archives::bring_up_to_date(&joined)?;
                CachePlace::Joined { joined, own }
            }
            None => match self.archive()? {
                Some(folder) => CachePlace::Archive { folder, own },
                None => CachePlace::Own(own),
            },
        })
    }

    /// The machine on which the archive is; `None` if it is this one.
    pub fn remote(&self) -> Option<&str> {
        self.global.remote.as_deref()
    }

    /// Up to how many bytes the sources of what is imported are kept, by the settings; `None` if they are not.
    fn source_limit(&mut self) -> Result<Option<u64>, Failure> {
        let keeps = self.config()?.keep_source;
        Ok(if keeps { Some(self.kept_bytes()?) } else { None })
    }

    /// What kept sources may take in the cache, in bytes.
    pub fn kept_bytes(&mut self) -> Result<u64, Failure> {
        Ok(u64::from(self.config()?.kept_megabytes) * 1_000_000)
    }

    /// Opens the cache, with a message about each thing to know about its state.
    pub fn store(&mut self) -> Result<Store, Failure> {
        let store = self.opening()?()?;
        Self::back_up_marks(&store);
        Ok(store)
    }

    /// Opens the cache to change it. One that can only be read is refused with one line, which begins with `refused`.
    pub fn store_to_change(&mut self, refused: &str) -> Result<Store, Failure> {
        self.config()?;
        let (folder, _) = self.folders()?;
        let cannot = |why: &str| {
            let message = format!("{refused}: the cache in {folder:?} cannot be written: {why}");
            Failure::Message(super::exit_status::CACHE, message)
        };
        // Nothing has to be taken over from several archives to say no.
        if let Some(joined) = self.joined()? {
            return Err(cannot(&joined.why_read_only()));
        }
        let store = self.location()?.open()?;
        store.keep_sources(self.source_limit()?);
        if let Some(why) = store.read_only() {
            return Err(cannot(why));
        }
        store.notices().iter().for_each(|notice| say(notice));
        warn_of_old_rules(&store)?;
        Self::back_up_marks(&store);
        Ok(store)
    }

    /// Makes today's copy of the reader's marks.
    fn back_up_marks(store: &Store) {
        // A copy that cannot be made is no reason to refuse the verb.
        if let Err(error) = store.back_up_marks() {
            say(&format!("today's copy of the reader's marks was not made: {error}"));
        }
    }

    /// Returns a function that opens the cache. The reader calls it on its worker thread.
    pub fn opening(&mut self) -> Result<impl FnOnce() -> Result<Store, Failure> + Send + 'static, Failure> {
        // Report wrong settings even if this verb needs only right ones: the user should learn of them early.
        self.config()?;
        let location = self.location()?;
        let limit = self.source_limit()?;
        Ok(move || {
            let store = location.open_and_tell()?;
            store.keep_sources(limit);
            warn_of_old_rules(&store)?;
            Ok(store)
        })
    }

    /// Opens the cache without a message about old rules, which `rebuild` is about to replace.
    pub fn store_to_rebuild(&mut self) -> Result<Store, Failure> {
        // Report wrong settings even if this verb needs only right ones: the user should learn of them early.
        self.config()?;
        self.location()?.open_and_tell()
    }

    /// The colours to use on standard output: none if it is not a terminal, unless the user wants them always.
    pub fn colours(&mut self) -> Result<ColourDepth, Failure> {
        let wanted = self.config()?.colours;
        let wanted = self.global.color.unwrap_or(wanted);
        if wanted != ColourChoice::Always && !std::io::stdout().is_terminal() {
            return Ok(ColourDepth::None);
        }
        Ok(colours(&TerminalEnv::of_process(), wanted))
    }

    /// The language of printed text: from the option, else the settings, else the locale, else Vietnamese. Text for
    /// scripts (JSON, CSV) does not depend on it.
    pub fn lang(&mut self) -> Result<Lang, Failure> {
        let setting = self.config()?.lang;
        Ok(self.global.lang.or(setting).unwrap_or_else(language_of_locale))
    }

    /// Like `lang`, for messages: what is wrong with faulty settings is told later, by the verb that needs them.
    pub fn language_of_messages(&mut self) -> Lang {
        let given = self.global.lang;
        given.or_else(|| self.sound_settings().lang).unwrap_or_else(language_of_locale)
    }

    /// What is right in the settings, whatever is wrong with them. The default settings if they cannot be read.
    pub fn sound_settings(&mut self) -> Config {
        if let Some(config) = &self.config {
            return config.clone();
        }
        match self.config_file().filter(|path| path.exists()).map(|path| Config::read(&path)) {
            Some(Ok(config)) => self.config.insert(config).clone(),
            Some(Err(ConfigProblem::Wrong { rest, .. })) => *rest,
            _ => Config::default(),
        }
    }
}

/// What only the reader finds wrong in settings: its keys and colours.
fn faults_of_reader(config: &Config) -> Vec<ConfigFault> {
    let keys = Keymap::with_own(&config.own_keys, config.q_quits).err();
    let styles = theme::own_styles(&config.own_colours).err();
    keys.into_iter().chain(styles).flatten().collect()
}

/// Messages about the settings, the last with what can be done.
fn with_hint(mut messages: Vec<String>) -> Vec<String> {
    if let Some(last) = messages.last_mut() {
        last.push_str("; `baocao config check` looks again");
    }
    messages
}

fn language_of_locale() -> Lang {
    let environment = TerminalEnv::of_process();
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| environment.get(name));
    if locale.is_some_and(|name| name.starts_with("en")) { Lang::En } else { Lang::Vi }
}

/// What is read. `own` is the folder of the reader's marks.
enum CachePlace {
    /// The user's own cache.
    Own(PathBuf),
    Archive {
        folder: PathBuf,
        own: PathBuf,
    },
    /// Several archives, listed as one.
    Joined {
        joined: JoinedArchives,
        own: PathBuf,
    },
}

impl CachePlace {
    fn open(&self) -> Result<Store, Failure> {
        Ok(match self {
            Self::Own(own) => Store::open_and_tell(own, &mut |line| say(line))?,
            Self::Archive { folder, own } => Store::open_archive(folder, own)?,
            Self::Joined { joined, own } => joined.open_to_read(own)?,
        })
    }

    /// Like `open`, and says what is to be known of its state.
    fn open_and_tell(&self) -> Result<Store, Failure> {
        let store = self.open()?;
        store.notices().iter().for_each(|notice| say(notice));
        Ok(store)
    }
}

/// Warns if the cache was filled by another version of the rules. Lists and searches show what those rules found, while
/// a report that is opened is extracted by the current ones, so the two may disagree.
fn warn_of_old_rules(store: &Store) -> Result<(), Failure> {
    let rules = store.cache().rules()?;
    if rules != i64::from(RULES) {
        let what = "people and facts of the cache were found by other rules than this program's";
        let then = match store.archive() {
            Some(_) => "whoever fills the archive can have them found again",
            None => "`baocao rebuild` finds them again",
        };
        say(&format!("{what} ({rules}, not {RULES}); {then}"));
    }
    Ok(())
}

fn environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

/// Makes a path safe for a message.
pub fn shown(path: &Path) -> Safe {
    Safe::path(path)
}
