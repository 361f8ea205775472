//! The program `baocao`. All code is in the library, so that integration tests and benches can call it.

fn main() -> std::process::ExitCode {
    baocao::cli::run()
}
