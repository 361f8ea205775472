//! Every syllable of the tables in every way of typing it, and examples of what else people type.

use super::syllables::{all, take_apart, unmarked};
use super::*;
use crate::text::fold::fold;
use proptest::prelude::*;

/// The key that marks a letter; `None` if the letter has no mark.
fn mark_key(letter: char, method: Method) -> Option<char> {
    let (telex, vni) = match letter {
        'ă' => ('w', '8'),
        'â' => ('a', '6'),
        'ê' => ('e', '6'),
        'ô' => ('o', '6'),
        'ơ' | 'ư' => ('w', '7'),
        'đ' => ('d', '9'),
        _ => return None,
    };
    Some(if method == Method::Telex { telex } else { vni })
}

fn tone_key(tone: char, method: Method) -> char {
    let place = crate::text::tone_marks::TONES.iter().position(|t| *t == tone).unwrap();
    let keys = if method == Method::Telex { "fsxrj" } else { "21435" };
    keys.chars().nth(place).unwrap()
}

/// The keys of a syllable: each mark at once, the tone last.
fn keys(syllable: &str, method: Method) -> String {
    let (letters, tone) = take_apart(syllable).unwrap();
    let mut out = String::new();
    for c in letters {
        // In Telex `oo` is typed with three keys: the second makes ô, the third undoes that.
        if method == Method::Telex && c == 'o' && out.ends_with('o') {
            out.push('o');
        }
        out.push(unmarked(c));
        out.extend(mark_key(c, method));
    }
    out.extend(tone.map(|tone| tone_key(tone, method)));
    out
}

/// As `keys`, but with one horn key for both letters of `ươ`, typed between them.
fn keys_between(syllable: &str, method: Method) -> String {
    let (letters, _) = take_apart(syllable).unwrap();
    let typed = keys(syllable, method);
    let key = mark_key('ơ', method).unwrap();
    let whole = [format!("u{key}o{key}"), format!("u{key}o")];
    if letters.ends_with(&['ư', 'ơ']) { typed } else { typed.replace(&whole[0], &whole[1]) }
}

/// All letters first, then the marks each once, then the tone: `duong` + `d` `w` `f`.
fn keys_at_the_end(syllable: &str, method: Method) -> String {
    let (letters, tone) = take_apart(syllable).unwrap();
    let mut marks: Vec<char> = letters.iter().filter_map(|c| mark_key(*c, method)).collect();
    marks.dedup();
    let plain: String = letters.iter().map(|c| unmarked(*c)).collect();
    let plain = if method == Method::Telex { plain.replace("oo", "ooo") } else { plain };
    plain.chars().chain(marks).chain(tone.map(|tone| tone_key(tone, method))).collect()
}

const METHODS: [Method; 2] = [Method::Telex, Method::Vni];

#[test]
fn the_tables_make_a_language() {
    assert!(all().len() > 15_000, "{}", all().len());
    for word in
        ["nguyễn", "đường", "khuỷu", "gì", "giếng", "quý", "thuở", "xoong", "yến", "nghiêng", "hòa", "thúy", "gìn"]
    {
        assert!(all().binary_search(&word.to_owned()).is_ok(), "{word}");
    }
    for word in ["nguyên̉", "cê", "ngi", "kă", "hòac", "têp", "quu", "gii"] {
        assert!(all().binary_search(&word.to_owned()).is_err(), "{word}");
    }
}

/// Types each syllable in every way and checks that it composes.
fn compose_each<'a>(syllables: impl Iterator<Item = &'a String>) {
    for syllable in syllables {
        for method in METHODS {
            let mut ways =
                vec![keys(syllable, method), keys_between(syllable, method), keys_at_the_end(syllable, method)];
            // Most syllables have no `ươ`, and many no mark at all: then the ways are the same.
            ways.sort();
            ways.dedup();
            for typed in ways {
                let composed = decode(&typed, method).unwrap_or(typed.clone());
                assert_eq!(&composed, syllable, "{typed}");
            }
        }
    }
}

#[test]
fn syllables_compose_from_their_keys() {
    // The list is sorted and has six tones a syllable. Steps of seven, which shares no factor with six, visit every
    // onset, rime and tone.
    compose_each(all().iter().step_by(7));
}

#[test]
#[ignore = "slow; `.ci/run` runs it"]
fn every_syllable_composes_from_its_keys() {
    compose_each(all().iter());
}

#[test]
fn every_syllable_and_its_keys_squeeze_to_one() {
    for method in METHODS {
        for syllable in all() {
            let key = squeeze(&fold(syllable));
            for typed in [keys(syllable, method), keys_at_the_end(syllable, method)] {
                assert_eq!(squeeze(&typed), key, "{syllable} {typed}");
            }
        }
    }
}

#[test]
fn the_beginning_of_the_keys_squeezes_to_the_beginning_of_the_key() {
    for method in METHODS {
        for syllable in all() {
            let key = squeeze(&fold(syllable));
            let typed = keys(syllable, method);
            // In VNI a digit is a keystroke only in a word with a vowel: `d9` alone is the ninth battalion.
            let vowel = typed.find(syllables::is_vowel_letter).unwrap();
            let first = if method == Method::Vni { vowel + 1 } else { 1 };
            for end in first..=typed.len() {
                let squeezed = squeeze(typed.get(..end).unwrap());
                assert!(key.starts_with(&squeezed), "{syllable}: {squeezed} of {typed}");
            }
        }
    }
}

#[test]
fn keystrokes_as_people_type_them() {
    let telex = [
        ("ddinh", "đinh"),
        ("quoocs", "quốc"),
        ("huwngf", "hừng"),
        ("nguyeenx", "nguyễn"),
        ("nguyenex", "nguyễn"),
        ("trangw", "trăng"),
        ("dduowngf", "đường"),
        ("dduwowngf", "đường"),
        ("DDINH", "ĐINH"),
        ("Ddinh", "Đinh"),
        ("hoaf", "hòa"),
        ("hoafn", "hoàn"),
        ("thuyr", "thủy"),
        ("quys", "quý"),
        ("giaf", "già"),
        ("gif", "gì"),
        ("thuowr", "thuở"),
        ("thuowngf", "thường"),
        ("tw", "tư"),
        ("xooong", "xoong"),
        ("assz", "asz"),
        ("asz", "a"),
        ("tuwf", "từ"),
        ("hungws", "hứng"),
        ("hungfs", "húng"),
        ("dinhd", "đinh"),
        ("ddwocj", "được"),
        ("ngwoif", "người"),
        ("rwouj", "rượu"),
        ("CHWONG", "CHƯƠNG"),
    ];
    for (typed, word) in telex {
        assert_eq!(decode(typed, Method::Telex).unwrap_or(typed.to_owned()), word, "{typed}");
    }
    let vni = [
        ("d9inh", "đinh"),
        ("quoc61", "quốc"),
        ("nguye6n4", "nguyễn"),
        ("duong9772", "đường"),
        ("duong972", "đường"),
        ("qk4", "qk4"),
        ("e66", "e6"),
        ("nu7oc1", "nước"),
    ];
    for (typed, word) in vni {
        assert_eq!(decode(typed, Method::Vni).unwrap_or(typed.to_owned()), word, "{typed}");
    }
}

#[test]
fn what_is_no_vietnamese_stays_as_typed() {
    // A syllable that ends in a stop has two tones only.
    for typed in ["Austin", "Ksor", "Lloyd", "deadline", "windows", "2025", "x", "ft", "sort", "next", "text"] {
        assert_eq!(decode(typed, Method::Telex), None, "{typed}");
    }
}

#[test]
fn a_key_typed_again_takes_itself_back() {
    for (typed, word) in [
        ("ass", "as"),
        ("ooo", "oo"),
        ("ddd", "dd"),
        ("aww", "aw"),
        ("asss", "ass"),
        ("eee", "ee"),
        ("DDD", "DD"),
        ("ORR", "OR"),
        ("ww", "w"),
        ("TWW", "TW"),
        ("www", "ww"),
        ("tuww", "tuw"),
    ] {
        assert_eq!(decode(typed, Method::Telex).unwrap_or(typed.to_owned()), word, "{typed}");
    }
}

/// Types `keys` into a line through the edits; `<` is Backspace.
fn typed_into_a_line(keys: &str, method: Method) -> String {
    let mut typing = TypedSyllable::new(method);
    let mut line: Vec<char> = Vec::new();
    for key in keys.chars() {
        let edit = if key == '<' { typing.backspace() } else { typing.feed(key) };
        line.truncate(line.len().saturating_sub(edit.delete));
        line.extend(edit.insert.chars());
    }
    line.into_iter().collect()
}

#[test]
fn a_line_is_typed_key_by_key() {
    for (typed, line) in [
        ("ddinh quoocs hungf", "đinh quốc hùng"),
        ("Trung tuwowngs.", "Trung tướng."),
        ("nguyeen<<eenx", "nguyễn"),
        ("nguyeenx<n", "nguyễn"),
        ("hungf<", "hùn"),
        ("Austin tawng", "Austin tăng"),
        ("as s", "á s"),
    ] {
        assert_eq!(typed_into_a_line(typed, Method::Telex), line, "{typed}");
    }
    assert_eq!(typed_into_a_line("d9inh quoc61 4 qk4", Method::Vni), "đinh quốc 4 qk4");
}

#[test]
fn a_composed_letter_tells_the_key_that_was_pressed() {
    let key = |before: &str, composed: &str| keys_of(before, composed, Method::Telex);
    for (before, composed, keys) in [
        ("o", "ọ", "j"),
        ("d", "đ", "d"),
        ("u", "ư", "w"),
        ("a", "â", "a"),
        ("a", "á", "s"),
        ("ô", "ộ", "j"),
        ("O", "Ọ", "j"),
        ("", "ư", "w"),
        ("", "ọ", "oj"),
        ("", "ế", "ees"),
        ("", "Đ", "Dd"),
    ] {
        assert_eq!(key(before, composed).as_deref(), Some(keys), "{before} {composed}");
    }
    assert_eq!(keys_of("o", "ọ", Method::Vni).as_deref(), Some("5"));
    assert_eq!(key("o", "k"), None);
}

proptest! {
    #[test]
    fn any_keys_may_be_typed(keys in "[a-zA-Z0-9đưễ <]{0,24}") {
        for method in METHODS {
            typed_into_a_line(&keys, method);
            let _ = (decode(&keys, method), squeeze(&keys));
        }
    }

    #[test]
    fn typing_ends_where_decoding_does(n in 0usize..20_000, method in prop::sample::select(METHODS.to_vec())) {
        let syllable = all().get(n % all().len()).unwrap();
        prop_assert_eq!(&typed_into_a_line(&keys(syllable, method), method), syllable);
    }
}
