//! The options that choose the output format, shared by the verbs about officials.

use clap::Args;

/// `--json`, `--csv` and `--bom`, flattened into the arguments of a verb. The verb replaces the help of the first two
/// by what its own output contains (`#[command(mut_arg(…))]`).
#[derive(Clone, Copy, Debug, Args)]
pub struct OutputArgs {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print CSV
    #[arg(long)]
    pub csv: bool,
    /// Begin the CSV with a byte order mark, which some spreadsheets need to see that it is UTF-8
    #[arg(long, requires = "csv")]
    pub bom: bool,
}
