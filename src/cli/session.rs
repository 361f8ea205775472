//! What a verb works with: the global options, the settings and the folders, read once.

use super::args::GlobalArgs;
use super::exit_status::{Failure, USAGE};
use super::output::say;
use crate::config::dirs::{self, NoHome};
use crate::config::{Config, ConfigProblem};
use crate::extract::RULES;
use crate::lang::Lang;
use crate::store::Store;
use crate::system::terminal_env::{ColourChoice, ColourDepth, TerminalEnv, colours};
use crate::text::safe::Safe;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What a verb works with.
pub struct Session {
    /// As typed.
    pub global: GlobalArgs,
    config: Option<Config>,
}

impl Session {
    /// Nothing is read yet: `--version`, `config path` and the like must work whatever is broken.
    pub fn new(global: GlobalArgs) -> Self {
        Self { global, config: None }
    }

    /// The path of the config file; none where there is no home folder.
    pub fn config_file(&self) -> Option<PathBuf> {
        dirs::config_file(self.global.config.as_deref(), &environment)
    }

    /// The settings, read at first use. A file given by name must be there.
    pub fn config(&mut self) -> Result<&Config, Failure> {
        if self.config.is_none() {
            let given = self.global.config.as_deref();
            if let Some(path) = given.filter(|path| !path.exists()) {
                return Err(Failure::usage(format!("the settings {path:?} could not be read: there is no such file")));
            }
            let read = self.config_file().map_or_else(|| Ok(Config::default()), |path| Config::read(&path));
            self.config = Some(read.map_err(|problem: ConfigProblem| {
                Failure::Said(USAGE, format!("{problem}; `baocao config check` looks again"))
            })?);
        }
        self.config.as_ref().ok_or_else(|| Failure::usage("there are no settings"))
    }

    /// The folders of data and of state.
    pub fn folders(&mut self) -> Result<(PathBuf, PathBuf), Failure> {
        let given = match self.global.cache.clone().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => Some(folder),
            None => self.config()?.cache.clone(),
        };
        dirs::folders(given.as_deref(), &environment)
            .map_err(|error: NoHome| Failure::Said(super::exit_status::CACHE, error.to_string()))
    }

    /// The open cache; what there is to know about its state is said.
    pub fn store(&mut self) -> Result<Store, Failure> {
        self.opening()?()
    }

    /// What opens the cache, on any thread.
    pub fn opening(&mut self) -> Result<impl FnOnce() -> Result<Store, Failure> + Send + 'static, Failure> {
        // Wrong settings are told by every verb that uses any, whether or not it needs the wrong one.
        self.config()?;
        let (folder, _) = self.folders()?;
        Ok(move || {
            let store = open(&folder)?;
            tell_old_rules(&store)?;
            Ok(store)
        })
    }

    /// The open cache, whose rules do not matter; what else there is to know about its state is said.
    pub fn store_to_rebuild(&mut self) -> Result<Store, Failure> {
        // Wrong settings are told by every verb that uses any, whether or not it needs the wrong one.
        self.config()?;
        let (folder, _) = self.folders()?;
        open(&folder)
    }

    /// The colours of standard output.
    pub fn colours(&mut self) -> Result<ColourDepth, Failure> {
        let wanted = self.config()?.colours;
        let wanted = self.global.color.unwrap_or(wanted);
        if wanted != ColourChoice::Always && !std::io::stdout().is_terminal() {
            return Ok(ColourDepth::None);
        }
        Ok(colours(&TerminalEnv::of_process(), wanted))
    }

    /// The language of what is printed for people: that of the option, else of the settings, else of the locale, else
    /// Vietnamese.
    pub fn lang(&mut self) -> Result<Lang, Failure> {
        let setting = self.config()?.lang;
        Ok(self.global.lang.or(setting).unwrap_or_else(|| {
            let environment = TerminalEnv::of_process();
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| environment.get(name));
            if locale.is_some_and(|name| name.starts_with("en")) { Lang::En } else { Lang::Vi }
        }))
    }
}

fn open(folder: &Path) -> Result<Store, Failure> {
    let store = Store::open_and_tell(folder, &mut |line| say(line))?;
    store.notices().iter().for_each(|notice| say(notice));
    Ok(store)
}

/// What lists and finds show was kept when older rules held, while a report that is opened is read by the newest.
fn tell_old_rules(store: &Store) -> Result<(), Failure> {
    let rules = store.cache().rules()?;
    if rules != i64::from(RULES) {
        let what = "people and facts of the cache were found by other rules than this program's";
        say(&format!("{what} ({rules}, not {RULES}); `baocao rebuild` finds them again"));
    }
    Ok(())
}

fn environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

/// A path for a message.
pub fn shown(path: &Path) -> Safe {
    Safe::path(path)
}
