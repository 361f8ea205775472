//! The program `baocao`: everything is in the library.

fn main() -> std::process::ExitCode {
    baocao::cli::run()
}
