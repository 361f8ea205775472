//! What can be typed: every verb, argument and option with its help. Completions and the man page are made of this.

use super::{
    completions, config, doctor, export, extract, import, list, man, official, officials, rebuild, remove, show,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Read Vietnamese official reports in the terminal: filter them, read them, find the officials in them.
///
/// Without a verb the reader opens; given files and folders, they are imported before. Where standard output is no
/// terminal, the list of reports is printed instead.
#[derive(Debug, Parser)]
#[command(name = "baocao", version, about, disable_help_subcommand = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// Options of every verb.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// Files and folders to import before the reader opens
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 nothing found, or some inputs could not be read; \
    2 wrong usage, or no usable terminal; 3 the cache cannot be used; 130 interrupted.";

/// Options of every verb.
#[derive(Debug, Default, Args)]
pub struct Global {
    /// Folder of the cache, instead of the usual data folder
    #[arg(long, global = true, value_name = "DIR", env = "BAOCAO_CACHE", hide_env_values = true)]
    pub cache: Option<PathBuf>,
    /// Language of the reader
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<When>,
    /// Config file, instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// `--lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Vietnamese
    Vi,
    /// English
    En,
}

/// `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// As the terminal and NO_COLOR say
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do; each verb is a file of its own.
#[derive(Debug, Subcommand)]
#[allow(missing_docs, reason = "each is documented where its arguments are")]
pub enum Verb {
    Import(import::Import),
    List(list::List),
    Show(show::Show),
    Officials(officials::Officials),
    Official(official::Official),
    Extract(extract::Extract),
    Export(export::Export),
    Remove(remove::Remove),
    Rebuild(rebuild::Rebuild),
    Doctor(doctor::Doctor),
    Config(config::Config),
    Completions(completions::Completions),
    Man(man::Man),
}
