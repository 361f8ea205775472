//! Whose post it is and how far it goes: sentences of our own by kind (`posts.tsv`), with all people that are wanted,
//! one a cell: `rank | name | post; post`, `-` for no rank. A row without people wants nobody.

use super::kind_table::{check, people_differ};
use super::people;
use crate::report::StatedPost;

/// The kinds of the table, each with the rule that its sentences show.
const KINDS: &[(&str, &str)] = &[
    ("level", "the level is part of a post"),
    ("guard", "a word of level that begins something else is not"),
    ("tail", "an organisation is read to its end"),
    ("guard-tail", "a verb ends an organisation"),
    ("apposition", "what is between two signs is all of a post"),
    ("guard-apposition", "a clause between two signs is none of it"),
    ("link", "an owner in small letters is part of a post"),
    ("guard-link", "the place and the occasion of what is done are none"),
    ("abbreviation", "abbreviations of posts are posts"),
    ("head", "heads of posts of every kind"),
    ("object", "the post of an adverbial is anothers"),
    ("guard-object", "the posts before a comma are mostly ones own"),
    ("giver", "the giver of a rank or post does not hold it"),
    ("third", "an unnamed third person has the post"),
    ("place", "a place that holds a post word gives no post"),
    ("chain", "every post of a chain is kept"),
    ("list", "a list shares its rank or post"),
    ("event", "ranks go up and down"),
    ("report", "posts as reports of administration and party write them"),
    ("firm", "a firm is no person and a firm is part of a post"),
    ("seat", "the place at the end of a post whose holder stands before it is no person"),
    ("guard-seat", "a person behind a post of his own is one"),
    ("served", "the official who is served keeps the office and the other the post"),
    ("attendee", "the unnamed leaders of another body are no second post of the one named before"),
    ("kin", "the rank or post of a relative is not that of the person named"),
    ("clause", "the subject of the next clause does not share the rank before the comma"),
    ("guard-clause", "a list shares the rank of its first"),
    ("short-level", "a level may be shortened to a letter with a stop"),
    ("work", "a body may be named after its work and a number"),
    ("boat", "the number of a boat is part of its name"),
    ("feigned", "an impostor has neither the rank nor the post"),
    ("played", "a character of a film is nobody"),
    ("short-end", "the end of an organisation's name is no person"),
    ("label", "a post behind a label is of the person named last"),
    ("leads", "who leads a group is named before and not the next of it"),
    ("put-forward", "who will be put forward for a post does not hold it"),
    ("no-post", "somebody made responsible gets no post without a name"),
    ("beast", "an animal with a rank is nobody"),
    ("partners", "the partners of a firm are part of its name"),
    ("speaks", "the person for whom somebody speaks is part of the post"),
    ("owner", "the force or house behind a place or a committee is part of a post"),
    ("years", "the years of a post are no part of the organisation"),
    ("given-next", "a given name behind a head is the next person and no organisation"),
    ("branch", "the branch behind a rank is nobody"),
];

#[test]
fn sentences_have_the_people_and_posts_wanted() {
    check(include_str!("posts.tsv"), KINDS, |row| people_differ(row, &people(&row.text)));
}

/// The kinds of `superior.tsv`, whose cells are the posts of the first person, `<` before the organisation above.
const SUPERIOR: &[(&str, &str)] = &[
    ("comma", "the organisation behind a comma, a dash or in brackets is kept beside the post"),
    ("predicate", "a verb may follow it directly"),
    ("levels", "it may be several, one above the other"),
    ("spokesman", "a section is part of the organisation that the person speaks for"),
    ("before", "the group that a person leads is named before"),
    ("passive", "what is done to the person closes it"),
    ("small", "in brackets it may begin with a small letter"),
    ("together", "posts held together have one, named behind the last"),
    ("whole", "the deputy of the whole leads a section of it"),
    ("rank", "it may stand between a post and the rank of the holder"),
    ("rising", "a row of bodies that ends in a whole one is above it whatever follows"),
    ("places", "a commune is in the district behind the comma"),
    ("behind-name", "it may stand behind the holder"),
    ("guard", "the next item of a list and the subject of the sentence are no such organisation"),
];

#[test]
fn the_organisation_above_a_post_is_kept_beside_it() {
    check(include_str!("superior.tsv"), SUPERIOR, |row| {
        let found = super::read(&row.text);
        let posts = found.people.first().map(|person| &person.posts[..]).unwrap_or_default();
        let cell = |post: &StatedPost| match &post.above {
            Some(above) => format!("{} < {above}", post.text),
            None => post.text.clone(),
        };
        people_differ(row, &posts.iter().map(cell).collect::<Vec<_>>())
    });
}
