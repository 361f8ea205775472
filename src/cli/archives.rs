//! Several archives at once: takes over what has arrived in them before a verb or the reader opens what joins them.
//! What arrives later is up to the reader.

use super::exit_status::{Failure, INTERRUPTED};
use super::output::{say, told};
use crate::store::{JoinProgress, JoinedArchives};
use crate::system::interrupt;
use indicatif::{ProgressBar, ProgressStyle};

/// Takes over what has arrived, with a line for each archive that cannot be read. Shows how far it is.
pub fn bring_up_to_date(joined: &JoinedArchives) -> Result<(), Failure> {
    let writer = joined.open(&mut |line| say(line))?;
    if writer.has_old_rules()? {
        // It takes a while, once.
        say("people and facts of the cache were found by other rules than this program's");
    }
    let watch = interrupt::Watch::new(INTERRUPTED);
    let bar = ProgressBar::new(0);
    // Without a terminal nothing is drawn.
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    let done = writer.update(&watch.stop, &mut |progress: JoinProgress<'_>| {
        // A few new reports are there before anybody could read the line.
        if progress.done < progress.of {
            bar.set_message(told(&format!("taking over {:?}", progress.archive)));
            bar.set_length(progress.of as u64);
            bar.set_position(progress.done as u64);
        }
    });
    bar.finish_and_clear();
    let Some(totals) = done? else {
        say("another process is bringing the archives together; what it has done so far is shown");
        return Ok(());
    };
    totals.problems.iter().for_each(|problem| say(problem));
    if totals.stopped {
        let message = "interrupted; the reports that were taken over are kept, and the next run goes on there";
        return Err(Failure::Message(INTERRUPTED, message.to_owned()));
    }
    Ok(())
}
