//! The directories of data, settings and state: the `XDG_*` variables on every system, else the platform's convention.
//! A relative path in such a variable is ignored, as the XDG specification requires. `--cache DIR` puts both data and
//! state into `DIR`, so that a trial leaves nothing elsewhere.

use directories::ProjectDirs;
use std::path::{Path, PathBuf};

/// File name of the reader's log in the state folder.
pub const LOG_FILE: &str = "baocao.log";

/// No home folder is known, so there is no default place for any file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no home folder is known (HOME is not set); say with --cache DIR where the cache should be")]
pub struct NoHome;

/// Looks up an environment variable; `None` if it is not set. A parameter, so that tests need not change the process.
pub type EnvLookup<'a> = &'a dyn Fn(&str) -> Option<PathBuf>;

/// Path of the config file: `given` if there is one. `None` if no home folder is known either.
pub fn config_file(given: Option<&Path>, environment: EnvLookup<'_>) -> Option<PathBuf> {
    given.map(Path::to_owned).or_else(|| {
        let usual = || ProjectDirs::from("", "", "baocao").map(|dirs| dirs.config_dir().to_owned());
        Some(xdg("XDG_CONFIG_HOME", environment).or_else(usual)?.join("config.toml"))
    })
}

/// Returns the folders of data and of state, in this order. `cache` is the folder that an argument, the environment or
/// the config file names; it is used for both.
pub fn folders(cache: Option<&Path>, environment: EnvLookup<'_>) -> Result<(PathBuf, PathBuf), NoHome> {
    if let Some(folder) = cache {
        return Ok((folder.to_owned(), folder.to_owned()));
    }
    let dirs = ProjectDirs::from("", "", "baocao");
    let data = xdg("XDG_DATA_HOME", environment).or_else(|| dirs.as_ref().map(|d| d.data_dir().to_owned()));
    let state = xdg("XDG_STATE_HOME", environment).or_else(|| {
        dirs.as_ref().map(|d| d.state_dir().map_or_else(|| d.data_local_dir().join("state"), Path::to_owned))
    });
    data.zip(state).ok_or(NoHome)
}

fn xdg(name: &str, environment: EnvLookup<'_>) -> Option<PathBuf> {
    environment(name).filter(|folder| folder.is_absolute()).map(|folder| folder.join("baocao"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_xdg_folders_hold_and_relative_ones_do_not() {
        let root = std::env::temp_dir();
        let set = |name: &str| (name == "XDG_DATA_HOME").then(|| root.join("data"));
        assert_eq!(folders(None, &set).unwrap().0, root.join("data/baocao"));
        let relative = |_: &str| Some(PathBuf::from("rel"));
        if let Ok((data, state)) = folders(None, &relative) {
            assert!(data.is_absolute() && state.is_absolute(), "{data:?} {state:?}");
        }
        let given = PathBuf::from("here");
        assert_eq!(folders(Some(&given), &set).unwrap(), (given.clone(), given));
    }
}
