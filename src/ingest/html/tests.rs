//! What is read from whole pages, all of them invented: metadata, the choice of the article, what is left out.

use super::*;
use crate::ingest::FileKind;

/// Paragraphs of an article, long enough to be one.
const ARTICLE: &str = "<p>Sáng 3-4, Lữ đoàn Công trình 900 sơ kết công tác quý I tại hội trường lớn của đơn vị, có đại \
    diện các tiểu đoàn dự.</p><p>Hội nghị nghe báo cáo về kết quả xây dựng doanh trại, bảo đảm vật tư và huấn luyện; \
    các ý kiến thống nhất nhiều nội dung.</p><p>Trong quý II, đơn vị tiếp tục hoàn thiện ba công trình đang thi công \
    và tổ chức hội thao.</p>";

fn read(markup: &str) -> Draft {
    page(markup, MarkupHints::default()).unwrap()
}

fn title_of(markup: &str) -> String {
    read(markup).title.unwrap().text
}

fn of_kind(draft: &Draft, kind: ParagraphKind) -> Vec<&str> {
    draft.paragraphs.iter().filter(|p| p.kind == kind).map(|p| p.span.of(&draft.text)).collect()
}

#[test]
fn a_headline_element_counts_only_if_it_agrees_with_the_metadata() {
    let og = "<meta property=og:title content='Lữ đoàn 900 sơ kết công tác quý I'>";
    let stray = "<h1>Ý kiến của bạn</h1>";
    let own = "<h1>Lữ đoàn 900 sơ kết công tác quý I</h1>";
    assert_eq!(title_of(&[og, stray, ARTICLE].concat()), "Lữ đoàn 900 sơ kết công tác quý I");
    let both = read(&[og, stray, own, ARTICLE].concat());
    assert_eq!(of_kind(&both, ParagraphKind::Headline), ["Lữ đoàn 900 sơ kết công tác quý I"]);
    let data = "<script type=application/ld+json>\
                {\"@type\":\"NewsArticle\",\"headline\":\"S&#417; k&#7871;t qu&yacute; \
                I \\u1edf Lữ đoàn 900\"}</script><meta property=og:title content='Tin hôm nay'>";
    assert_eq!(title_of(&[data, stray, ARTICLE].concat()), "Sơ kết quý I ở Lữ đoàn 900");
    // Without metadata, the only headline element is the headline.
    assert_eq!(title_of(&[own, ARTICLE].concat()), "Lữ đoàn 900 sơ kết công tác quý I");
}

#[test]
fn the_sites_name_is_no_part_of_the_title() {
    let site = "<meta property=og:site_name content='Báo Giả Tưởng'>";
    let og = "<meta property=og:title content='Sơ kết quý I | Báo Giả Tưởng'>";
    let draft = read(&[site, og, ARTICLE].concat());
    assert_eq!(draft.title.unwrap().text, "Sơ kết quý I");
    assert_eq!(draft.outlet.as_deref(), Some("Báo Giả Tưởng"));
    assert_eq!(
        title_of(&["<title>Sơ kết công tác quý I - Báo Giả Tưởng</title>", ARTICLE].concat()),
        "Sơ kết công tác quý I"
    );
    assert_eq!(title_of(&["<title>Quý I - Báo</title>", ARTICLE].concat()), "Quý I - Báo");
    assert_eq!(title_of(&["<title>Quý I - Báo</title><h1>Quý I</h1><h1>Báo</h1>", ARTICLE].concat()), "Quý I");
}

#[test]
fn the_author_gets_a_line_unless_the_text_has_one() {
    let meta = "<meta name=author content='Tạ Thu Hoài'>";
    let without = read(&[meta, "<article>", ARTICLE, "</article>"].concat());
    assert_eq!(of_kind(&without, ParagraphKind::Byline), ["Tạ Thu Hoài"]);
    assert!(without.text.ends_with("hội thao.\n\nTạ Thu Hoài"));
    let with = read(&[meta, "<article>", ARTICLE, "<div>Bài: Tạ Thu Hoài</div></article>"].concat());
    assert_eq!(of_kind(&with, ParagraphKind::Byline), ["Bài: Tạ Thu Hoài"]);
    let link = "<article><a href=/x rel=author>Tạ Thu Hoài</a>";
    let linked = read(&[link, ARTICLE, "</article>"].concat());
    assert_eq!(of_kind(&linked, ParagraphKind::Byline), ["Tạ Thu Hoài"]);
    // A sentence that names the author is no byline.
    let told = "<article><p>Cảm nghĩ của Tạ Thu Hoài.</p>";
    let told = read(&[meta, told, ARTICLE, "</article>"].concat());
    assert_eq!(of_kind(&told, ParagraphKind::Byline), ["Tạ Thu Hoài"]);
    let outlet = "<meta property=og:site_name content='Mẫu Nhật Báo'><meta name=author content='Mẫu Nhật Báo'>";
    assert!(of_kind(&read(&[outlet, ARTICLE].concat()), ParagraphKind::Byline).is_empty());
}

#[test]
fn the_day_is_found_in_data_attributes_and_classes() {
    for stated in [
        "<script type='application/ld+json'>\
         {\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2026-04-03\"}]}</script>",
        "<meta property=article:published_time content=2026-04-03T08:00:00+07:00>",
        "<meta itemprop=datePublished content=2026-04-03>",
        "<time datetime=2026-04-02T20:00:00Z>3 giờ trước</time>",
        "<time datetime=2019-01-01></time><time itemprop=datePublished datetime=2026-04-03></time>",
        "<span class=post-time>Thứ Sáu, 03/04/2026 08:00</span>",
        "<div class=byline>Tạ Thu Hoài <b class=article__timeline></b><i class=articleTime>3/4/2026</i></div>",
    ] {
        let draft = read(&[stated, "<article>", ARTICLE, "</article>"].concat());
        assert_eq!(draft.published.map(|day| day.to_string()).as_deref(), Some("2026-04-03"), "{stated}");
    }
}

#[test]
fn the_address_comes_from_the_page_else_from_what_saved_it() {
    let saved = "<!-- saved from url=(0031)https://bao.example.vn/a.html -->";
    let single = "<!--\n Page saved with SingleFile \n url: https://bao.example.vn/a.html \n saved date: x -->";
    for page in [
        "<link rel=canonical href=https://bao.example.vn/a.html>\
         <meta property=og:url content=https://bao.example.vn/b>",
        "<link rel=canonical href=/a.html><meta property=og:url content=https://bao.example.vn/a.html>",
        "<script type=application/ld+json>{\"@type\":\"Report\",\"url\":\"https://bao.example.vn/a.html\"}</script>",
        saved,
        single,
    ] {
        assert_eq!(read(&[page, ARTICLE].concat()).url.as_deref(), Some("https://bao.example.vn/a.html"), "{page}");
    }
    let hints = MarkupHints { url: Some("https://luu.example.vn/a.html".to_owned()), ..MarkupHints::default() };
    assert_eq!(page(ARTICLE, hints).unwrap().url.as_deref(), Some("https://luu.example.vn/a.html"));
}

#[test]
fn rows_around_the_paragraphs_are_residue_and_stay() {
    let page = [
        "<title>Sơ kết công tác quý I</title><div class=wrap><div class=article-social-bar><p>Gửi bài này cho \
            bạn bè của \
         bạn qua thư điện tử hoặc in ra giấy</p></div>",
        ARTICLE,
        "<div>Đang có 12 người đọc</div><ul><li><a href=/a>Bài một của báo</a></li><li><a href=/b>Bài \
            hai</a></li></ul>",
        "<h3>Đọc tiếp</h3><h3><a href=/c>Hội thao ở đơn vị bạn</a></h3><p>Đơn vị bạn tổ chức hội thao.</p>",
        "<h3><a href=/d>Hội thi ở đơn vị bạn</a></h3><p>Đơn vị bạn tổ chức hội thi.</p></div>",
    ];
    let draft = read(&page.concat());
    let body = of_kind(&draft, ParagraphKind::Body);
    assert_eq!(body.len(), 3, "{body:?}");
    for left in ["12 người đọc", "Bài một", "Đọc tiếp", "tổ chức hội thi"] {
        assert!(of_kind(&draft, ParagraphKind::Residue).iter().any(|line| line.contains(left)), "{left}");
    }
}

#[test]
fn a_class_name_at_a_teaser_does_not_hide_the_article() {
    let teaser = "<div class=article-body><p>Một bài khác của báo, có đoạn giới thiệu dài vừa đủ để được coi là \
        văn bản của \
                  một bài báo, nhưng không phải bài này và không nói gì về hội nghị.</p></div>";
    let draft = read(&["<body>", teaser, "<div>", &ARTICLE.repeat(8), "</div>"].concat());
    assert!(draft.text.contains("Lữ đoàn Công trình 900") && !draft.text.contains("Một bài khác"), "{}", draft.text);
}

#[test]
fn what_is_no_report_is_refused_with_the_reason() {
    let refused = |markup: &str| match page(markup, MarkupHints::default()) {
        Err(UnreadableInput::NotAReport { what, .. }) => what,
        other => panic!("{markup}: {other:?}"),
    };
    assert!(refused("<title>404 - Không tìm thấy</title><p>Trang này không còn.</p>").contains("error page"));
    let root = "<link rel=canonical href=https://bao.example.vn/><meta property=og:type content=website>";
    assert!(refused(&[root, ARTICLE].concat()).contains("front page"));
    // A mirror has the front page under the name of the host, and such pages seldom say what they are.
    let of_mirror = MarkupHints { url: Some("https://bao.example.vn/".to_owned()), ..MarkupHints::default() };
    let front = ["<meta property=og:type content=website>", ARTICLE].concat();
    assert!(matches!(page(&front, of_mirror), Err(UnreadableInput::NotAReport { kind: FileKind::FrontPage, .. })));
    let links = "<li><a href=/a>Một bài báo trong danh sách các bài báo</a></li>".repeat(40);
    assert!(refused(&["<title>Tin tức</title><ul>", &links, "</ul>"].concat()).contains("list of links"));
    // An article whose title begins with a number, and one of a site that calls all its pages a website.
    assert!(page(&["<title>404 ngày ở đảo</title>", ARTICLE].concat(), MarkupHints::default()).is_ok());
    let site = "<link rel=canonical href=https://bao.example.vn/a><meta property=og:type content=website>";
    assert!(page(&[site, ARTICLE].concat(), MarkupHints::default()).is_ok());
}

#[test]
fn a_request_in_place_of_the_text_is_noted() {
    let draft =
        read("<article><p>Vui lòng đăng nhập để đọc toàn bộ bài báo này trên trang của chúng tôi.</p></article>");
    assert!(draft.notes.iter().any(|note| note.contains("subscribe or log in")), "{:?}", draft.notes);
    assert!(read(ARTICLE).notes.is_empty());
}

#[test]
fn an_element_whose_name_excludes_it_is_read_if_it_holds_the_article() {
    let teaser =
        "<p>Một tin khác dài hơn một dòng để nó có thể là văn xuôi, nhưng nó không phải là bài này đâu nhé.</p>";
    for (begin, end) in [
        ("<div class='widget'><div class='post-body'>", "</div></div>"),
        ("<div class='widget'><div class='sidebar'><h1>Sơ kết quý I</h1>", "</div></div>"),
        ("<div class='entry share'>", "</div>"),
        ("<aside>", "</aside>"),
        ("<article><div hidden>", "</div></article>"),
    ] {
        let draft = read(&["<body><div class='menu'>Trang chủ</div>", begin, ARTICLE, end, "</body>"].concat());
        assert!(draft.text.contains("hội trường lớn") && draft.text.contains("hội thao"), "{begin}: {}", draft.text);
        // Beside an article it is what its name says.
        let draft = read(&["<body><article>", ARTICLE, "</article>", begin, teaser, end, "</body>"].concat());
        assert!(!draft.text.contains("tin khác"), "{begin}: {}", draft.text);
    }
    let comments = ["<article><p>Một bài ngắn.</p></article><div class='comments'>", ARTICLE, "</div>"].concat();
    assert!(!read(&comments).text.contains("hội trường lớn"));
}

#[test]
fn an_article_whose_lines_are_cut_is_read_in_whatever_holds_it() {
    let lines: Vec<String> = (1..=30).map(|n| format!("Câu {n}: đơn vị đã hoàn thành nhiệm vụ,<br>")).collect();
    let lines = lines.concat();
    let about = "<p>Trang này ghi chép sinh hoạt của một đơn vị xây dựng, mỗi tuần một lần vào sáng thứ bảy.</p>";
    let page = |name: &str, lines: &str| {
        ["<body>", about, "<div class='widget'><div class='", name, "'>", lines, "</div></div></body>"].concat()
    };
    assert!(read(&page("post-body", &lines)).text.contains("Câu 30"));
    // Short lines that nothing calls the article are a list, and few of them are a teaser.
    assert!(!read(&page("links", &lines)).text.contains("Câu 30"));
    assert!(!read(&page("post-body", "Câu 30<br>Câu 31<br>")).text.contains("Câu 30"));
}

#[test]
fn an_article_in_several_parts_is_read_from_the_first_to_the_last() {
    let part =
        |words: &str| format!("<div class='sidebar-grid__content article__content'>{ARTICLE}<p>{words}.</p></div>");
    let page = ["<article>", &part("Phần một"), "<div class='quote'>Trích</div>", &part("Phần hai"), &part("Phần ba")];
    let text = read(&page.concat()).text;
    assert!(["Phần một", "Phần hai", "Phần ba"].iter().all(|words| text.contains(words)), "{text}");
}

#[test]
fn of_several_articles_the_one_below_the_headline_is_read() {
    let title = "<title>Lữ đoàn 900 sơ kết quý I</title>";
    let article = |headline: &str, words: &str| {
        format!("<article><h1>{headline}</h1><div class='article-body'>{words}</div></article>")
    };
    let next = ARTICLE.replace("Lữ đoàn", "Trung đoàn").repeat(3);
    let own = article("Lữ đoàn 900 sơ kết quý I", ARTICLE);
    let draft = read(&[title, &own, &article("Hội thao ở Trung đoàn 12", &next)].concat());
    assert!(draft.text.contains("Lữ đoàn Công trình") && !draft.text.contains("Trung đoàn"), "{}", draft.text);
}

/// A page on which the markup calls a short notice the article, and the text stands in plain paragraphs.
fn page_with_a_wrong_name() -> String {
    let notice = "<div class='article-body'><p>Bạn đang đọc bản tin thử của Báo Giả Tưởng, nơi không có tin nào là \
                  thật, và mỗi câu ở đây chỉ để trang này có một đoạn văn ngắn ở đầu.</p></div>";
    ["<title>Sơ kết quý I</title><div id='a'>", notice, "</div><div id='b'>", &ARTICLE.repeat(2), "</div>"].concat()
}

#[test]
fn a_second_opinion_is_taken_where_ours_is_far_shorter() {
    let draft = read(&page_with_a_wrong_name());
    assert!(draft.text.contains("hội trường lớn") && draft.text.contains("hội thao"), "{}", draft.text);
    assert_eq!(draft.title.unwrap().text, "Sơ kết quý I");
}

#[test]
fn no_tree_is_built_of_a_page_that_would_cost_too_much() {
    let cost = |markup: &str| tokenize(markup, RowBuilder::new(PageFonts::default())).cost.is_bearable();
    assert!(cost(&page_with_a_wrong_name()));
    assert!(cost(&"<p><b>x</b>".repeat(5000)), "closed ones are not opened again");
    let unclosed: Vec<String> = (0..7000).map(|n| format!("<p><b id={n}>x</p>")).collect();
    for hostile in [unclosed.concat(), "<p>x".repeat(16_000), "<div>".repeat(101)] {
        assert!(!cost(&hostile), "{hostile:.40}");
    }
}

#[test]
fn authors_are_read_from_cards_author_pages_and_lines_and_people_go_before_the_outlet() {
    let byline = |head: &str, text: &str| {
        let draft = read(&[head, "<article>", text, ARTICLE, "</article>"].concat());
        of_kind(&draft, ParagraphKind::Byline).join(" | ")
    };
    let card = "<meta name=twitter:label1 content='Được viết bởi'><meta name=twitter:data1 content='Tạ Thu Hoài'>";
    assert_eq!(byline(card, ""), "Tạ Thu Hoài");
    let time = "<meta name=twitter:label1 content='Time to read'><meta name=twitter:data1 content='Mười Phút'>";
    assert_eq!(byline(time, ""), "");
    let outlet = "<meta property=og:site_name content='Trang Mẫu'><script type=application/ld+json>\
        {\"@type\":\"NewsArticle\",\"headline\":\"Sơ kết quý I\",\"author\":{\"name\":\"Trang Mẫu\"}}</script>";
    assert_eq!(byline(outlet, ""), "Trang Mẫu");
    assert_eq!(byline(&[outlet, "<meta name=author content='Tạ Thu Hoài'>"].concat(), ""), "Tạ Thu Hoài");
    let link = "<p>Ngày đăng <a href='/tac-gia/ta-thu-hoai'>Tạ Thu Hoài</a></p>";
    assert_eq!(byline("", link), "Ngày đăng Tạ Thu Hoài");
    let line = "<div class=article__author>Von Anna Muster, Lille</div>";
    assert_eq!(byline("", line), "Von Anna Muster, Lille");
    // A class name alone proves nothing: it is that of a box about the author, too.
    assert_eq!(byline("", "<div class=author-box>Mời Bạn Đọc Thêm</div>"), "");
}

#[test]
fn the_text_goes_on_below_a_teaser_in_the_middle() {
    let teaser = |words: &str| format!("<div><h3><a href=/x>{words}</a></h3></div>");
    let page = [
        "<div class=entry-content><p>Sáng 3-4, Lữ đoàn Công trình 900 sơ kết công tác quý I tại hội trường lớn của đơn \
         vị.</p>",
        &teaser("Hội thao ở đơn vị bạn"),
        "<p>Hội nghị nghe báo cáo về kết quả xây dựng doanh trại và bảo đảm vật tư cho các công trình.</p><p>Không \
         khí rất sôi nổi.</p>",
        &teaser("Hội thi ở đơn vị bạn"),
        "<p>Trong quý II, đơn vị tiếp tục hoàn thiện ba công trình đang thi công và tổ chức hội thao.</p></div>",
    ];
    let draft = read(&page.concat());
    let body = of_kind(&draft, ParagraphKind::Body);
    assert_eq!(body.len(), 4, "{body:?}");
    assert_eq!(of_kind(&draft, ParagraphKind::Residue), ["Hội thao ở đơn vị bạn", "Hội thi ở đơn vị bạn"]);
}

#[test]
fn paragraphs_for_subscribers_are_text() {
    let open = "Sáng 3-4, Lữ đoàn Công trình 900 sơ kết công tác quý I tại hội trường lớn của đơn vị, có đại diện.";
    let more = "Hội nghị nghe báo cáo về kết quả xây dựng doanh trại, bảo đảm vật tư và huấn luyện trong quý vừa qua.";
    let page = format!(
        "<div class=entry-content><p>{open}</p><p class=paywall>{more}</p><p>{open} Một.</p><p>{open} Hai.</p></div>"
    );
    assert!(of_kind(&read(&page), ParagraphKind::Body).contains(&more));
}

#[test]
fn the_row_that_the_description_repeats_is_the_lead() {
    let lead = "Lữ đoàn Công trình 900 vừa sơ kết công tác quý I, đề ra nhiệm vụ quý II năm 2026.";
    let page = |between: &str| {
        let description = "<meta name=description content='Lữ đoàn Công trình 900 vừa sơ kết công tác quý I'>";
        let parts = ["<h1>Sơ kết quý I</h1><div class=x-77><p>", lead, "</p></div>", between, "<article>", ARTICLE];
        [description, &parts.concat(), "</article>"].concat()
    };
    let shares = "<div><p>Gửi bài</p><p>In bài</p></div>".repeat(6);
    for draft in [read(&page("")), read(&page(&shares))] {
        assert!(of_kind(&draft, ParagraphKind::Body).contains(&lead), "{}", draft.text);
    }
}

#[test]
fn a_caption_that_is_printed_again_stays_once() {
    let caption = "Đại biểu dự hội nghị sơ kết công tác quý I của Lữ đoàn Công trình 900";
    let figure = |words: &str| format!("<figure><img src=a.jpg><figcaption>{words}</figcaption></figure>");
    let cut = figure("Đại biểu dự hội nghị sơ kết công tác quý I …");
    let page = ["<article>", &cut, ARTICLE, &figure(caption), &figure(caption), "</article>"].concat();
    assert_eq!(of_kind(&read(&page), ParagraphKind::Caption), [caption]);
    assert_eq!(of_kind(&read(&page), ParagraphKind::Residue).len(), 2);
}

#[test]
fn an_article_in_a_table_with_a_picture_is_no_caption() {
    let page = ["<table><tr><td><div class=article-body><img src=a.jpg><img src=b.jpg>", ARTICLE, "</div></table>"];
    assert_eq!(of_kind(&read(&page.concat()), ParagraphKind::Body).len(), 3);
}

#[test]
fn an_author_is_a_byline_once() {
    let meta = "<meta name=author content='Tạ Thu Hoài'>";
    let line = "<p>Tạ Thu Hoài</p>";
    let draft = read(&[meta, "<article>", line, ARTICLE, line, "</article>"].concat());
    assert_eq!(of_kind(&draft, ParagraphKind::Byline), ["Tạ Thu Hoài"]);
    assert_eq!(of_kind(&draft, ParagraphKind::Residue), ["Tạ Thu Hoài"], "that of the box below the text");
}

#[test]
fn other_entries_below_the_article_are_not_its_text() {
    let other = |number: usize| {
        format!(
            "<article class='post hentry'><h2>Bài khác</h2><p>Trung đoàn Công trình {number} tổ chức hội thi nấu ăn dã \
             ngoại với sự tham gia của nhiều tiểu đoàn.</p></article>"
        )
    };
    let others = other(901) + &other(902);
    let own = format!("<article class='post hentry'><h1>Sơ kết quý I</h1>{ARTICLE}");
    let title = "<title>Sơ kết quý I</title>";
    // Beside it, inside of it, and where the headline is in none of them.
    for page in [
        format!("{title}<div id=main>{own}</article>{others}</div>"),
        format!("{title}{own}{others}</article>"),
        format!("{title}<div id=main><h1>Sơ kết quý I</h1>{ARTICLE}{others}</div>"),
    ] {
        let draft = read(&page);
        let body = of_kind(&draft, ParagraphKind::Body).join("\n");
        assert!(body.contains("tổ chức hội thao") && !body.contains("nấu ăn"), "{page}\n{body}");
    }
    let only = format!("{title}<div class=hentry><p>1</p></div><div class=hentry>{ARTICLE}</div>");
    assert!(of_kind(&read(&only), ParagraphKind::Body).join("\n").contains("hội thao"), "most of the prose stays");
}

#[test]
fn a_list_of_cut_texts_is_one_of_teasers() {
    let items = |end: &str| {
        let item = |n| {
            format!(
                "<li><a href=/x>Hội thi nấu ăn của Trung đoàn {n}</a> <span>Hội thi diễn ra sáng nay tại bãi tập {n} \
                 với sự tham gia của {end}</span></li>"
            )
        };
        [901, 902, 903].map(item).concat()
    };
    let cut = read(&format!("<div class=post-content><ul>{}</ul>{ARTICLE}</div>", items("nhiều...")));
    assert!(!of_kind(&cut, ParagraphKind::Body).join("\n").contains("nấu ăn"), "{}", cut.text);
    let whole = read(&format!("<div class=post-content>{ARTICLE}<ul>{}</ul></div>", items("nhiều tiểu đoàn.")));
    assert!(of_kind(&whole, ParagraphKind::Body).join("\n").contains("nấu ăn"), "{}", whole.text);
}

#[test]
fn a_list_of_headings_is_text_where_one_alone_is_not() {
    let headings = |count: usize| {
        let items = (1..=count).map(|n| format!("<h3>{n}. Công trình số {n} hoàn thành sớm</h3>"));
        let page = format!("<div class=post-content>{ARTICLE}{}</div>", items.collect::<String>());
        of_kind(&read(&page), ParagraphKind::Residue).len()
    };
    assert_eq!((headings(1), headings(5)), (1, 0));
}

#[test]
fn a_text_that_only_a_script_has_is_found() {
    let data = serde_json::json!({"page": {"content": ARTICLE}});
    let page = format!(
        "<title>Sơ kết quý I - Báo</title><meta property=og:title content='Sơ kết quý I'><div id=app></div>\
         <script id=\"__NEXT_DATA__\" type=\"application/json\">{data}</script>"
    );
    let draft = read(&page);
    assert_eq!(draft.title.as_ref().unwrap().text, "Sơ kết quý I");
    assert!(draft.text.contains("hội thao"), "{draft:?}");
    assert!(draft.notes.iter().any(|note| note.contains("in a script")), "{draft:?}");
    let shown = read(&page.replace("<div id=app>", &format!("<div id=app>{}", ARTICLE.replace("hội thao", "hội thi"))));
    assert!(!shown.text.contains("hội thao"), "what the page shows goes before");
}

#[test]
fn the_headline_that_the_page_prints_goes_before_a_title_for_search_engines() {
    let data = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Lữ đoàn 900 sơ kết quý I \
                năm 2026\"}</script>";
    let og = "<meta property=og:title content='Nhiều kết quả ở Lữ đoàn 900'>";
    let printed = "<h1>Nhiều kết quả ở Lữ đoàn 900</h1>";
    assert_eq!(title_of(&[data, og, printed, ARTICLE].concat()), "Nhiều kết quả ở Lữ đoàn 900");
    // Printed too, or the other one not printed: structured data are of the article.
    let both = [data, og, printed, "<h2>Lữ đoàn 900 sơ kết quý I năm 2026</h2>", ARTICLE].concat();
    assert_eq!(title_of(&both), "Lữ đoàn 900 sơ kết quý I năm 2026");
    assert_eq!(title_of(&[data, og, ARTICLE].concat()), "Lữ đoàn 900 sơ kết quý I năm 2026");
    // What a page prints is its title, whatever stands behind it.
    let short = "<meta property=og:title content='Quý I - Trang Mẫu'><h1>Quý I</h1>";
    assert_eq!(title_of(&[short, ARTICLE].concat()), "Quý I");
}

#[test]
fn paragraphs_in_a_script_need_no_element_around_them() {
    let caption = "Đại biểu dự hội nghị sơ kết công tác quý I của Lữ đoàn Công trình 900, ngày 3-4";
    let inserted = format!("<div class=anh><img src=a.jpg><p class=caption>{caption}</p></div>{ARTICLE}");
    let data = serde_json::json!({ "content": inserted });
    let page = format!("<div id=app></div><script id=__NEXT_DATA__ type=\"application/json\">{data}</script>");
    let draft = read(&page);
    assert_eq!(of_kind(&draft, ParagraphKind::Body).len(), 3, "{}", draft.text);
    assert_eq!(of_kind(&draft, ParagraphKind::Caption), [caption]);
}

#[test]
fn a_lead_that_is_called_a_teaser_is_text_if_the_description_repeats_it() {
    let lead = "Lữ đoàn Công trình 900 vừa sơ kết công tác quý I, đề ra nhiệm vụ quý II năm 2026.";
    let page = |description: &str| {
        let head = format!("<meta name=description content='{description}'><h1>Sơ kết quý I</h1>");
        let text = ARTICLE.repeat(2);
        read(&[&head, "<article><p class=article__teaser>", lead, "</p>", &text, "</article>"].concat())
    };
    assert!(of_kind(&page(lead), ParagraphKind::Body).contains(&lead));
    assert!(of_kind(&page("Tin tức của Trang Mẫu, cập nhật hằng giờ"), ParagraphKind::Residue).contains(&lead));
}

#[test]
fn headings_are_text_if_they_are_sentences_or_only_anchors() {
    let sentence = "Lữ đoàn Công trình 900 vừa sơ kết công tác quý I, đề ra nhiệm vụ quý II năm 2026.";
    let page = ["<article><h2>", sentence, "</h2><h2>Ở tiểu đoàn</h2>", "<h2 id=toc-2>Kết quả</h2>", ARTICLE];
    let draft = read(&[&page.concat(), "</article>"].concat());
    let body = of_kind(&draft, ParagraphKind::Body);
    assert!(body.contains(&sentence) && body.contains(&"Kết quả"), "{body:?}");
    assert_eq!(of_kind(&draft, ParagraphKind::Residue), ["Ở tiểu đoàn"], "nothing follows it");
}

#[test]
fn an_entry_with_the_headline_is_the_article_however_long_the_others_are() {
    let entry = |head: &str, text: &str| format!("<article class=hentry>{head}{text}</article>");
    let others: Vec<String> =
        (1..6).map(|n| entry("", &ARTICLE.replace("Lữ đoàn", "Trung đoàn").replace("900", &n.to_string()))).collect();
    let own = entry("<h1>Sơ kết quý I</h1>", ARTICLE);
    let draft = read(&["<title>Sơ kết quý I</title>", &own, &entry("<h3>Bài khác</h3>", &others.concat())].concat());
    assert!(draft.text.contains("Lữ đoàn Công trình") && !draft.text.contains("Trung đoàn"), "{}", draft.text);
}

#[test]
fn paragraphs_with_an_element_around_each_go_on_below_a_teaser() {
    let teaser = |words: &str| format!("<div><div><h3><a href=/x>{words}</a></h3></div></div>");
    let wrapped = |words: &str| format!("<div><div><p>{words}</p></div></div>");
    let long = "Hội nghị nghe báo cáo về kết quả xây dựng doanh trại và bảo đảm vật tư cho các công trình.";
    let page = [
        "<div class=entry-content>",
        &wrapped(long),
        &teaser("Hội thao ở đơn vị bạn"),
        &wrapped(&long.replace("nghị", "thảo")),
        &wrapped("Không khí rất sôi nổi."),
        &teaser("Hội thi ở đơn vị bạn"),
        &wrapped(&long.replace("Hội nghị", "Đại hội")),
        "</div>",
    ];
    let draft = read(&page.concat());
    assert_eq!(of_kind(&draft, ParagraphKind::Body).len(), 4, "{}", draft.text);
    assert_eq!(of_kind(&draft, ParagraphKind::Residue), ["Hội thao ở đơn vị bạn", "Hội thi ở đơn vị bạn"]);
}

#[test]
fn an_address_is_read_and_a_label_above_a_link_is_not() {
    let page = [
        "<article>",
        ARTICLE,
        "<p><a href=http://lu900.example.vn>www.lu900.example.vn</a></p>",
        "<p>Các đồng chí dự gồm:</p><p>Đại diện các tiểu đoàn.</p>",
        "<p>Mời bạn xem:</p><p><a href=/b>Hội thao ở đơn vị bạn</a></p></article>",
    ];
    let draft = read(&page.concat());
    assert_eq!(of_kind(&draft, ParagraphKind::Residue), ["Mời bạn xem:", "Hội thao ở đơn vị bạn"]);
    assert!(draft.text.contains("www.lu900.example.vn") && draft.text.contains("dự gồm"));
}

#[test]
fn headlines_of_other_articles_are_teasers() {
    let title = "<title>Lữ đoàn 900 sơ kết quý I</title>";
    let teaser = |words: &str| {
        format!(
            "<div><h3 class=entry-title><a href=/x>{words}</a></h3><div>Trung đoàn 12 vừa tổ chức {words} với sự tham \
             gia của tất cả các tiểu đoàn trong đơn vị.</div></div>"
        )
    };
    let own = "<article><h1 class=entry-title>Lữ đoàn 900 sơ kết quý I</h1><div>";
    let page = [title, own, ARTICLE, "</div>", &teaser("hội thao"), &teaser("hội thi"), "</article>"];
    let draft = read(&page.concat());
    assert_eq!(of_kind(&draft, ParagraphKind::Body).len(), 3, "{}", draft.text);
    assert_eq!(of_kind(&draft, ParagraphKind::Residue).len(), 4);
}

#[test]
fn pictures_of_a_series_beside_the_text_are_not_its_captions() {
    let pictures: String = (1..4)
        .map(|n| format!("<figure><img src={n}.jpg><figcaption>Bộ đội thi nấu cơm, tấm {n}</figcaption></figure>"))
        .collect::<Vec<_>>()
        .concat();
    let own = "<figure><img src=a.jpg><figcaption>Toàn cảnh hội trường</figcaption></figure>";
    let page = |class: &str, text: &str| {
        read(&format!("<article>{own}{text}<div class='{class}'><ul><li>{pictures}</li></ul></div></article>"))
    };
    for class in ["photo-gallery", "pictureSlideshow", "swiper", "x-teasers"] {
        let draft = page(class, ARTICLE);
        assert_eq!(of_kind(&draft, ParagraphKind::Caption), ["Toàn cảnh hội trường"], "{class}");
        assert_eq!(of_kind(&draft, ParagraphKind::Residue).len(), 3, "{class}");
    }
    assert_eq!(of_kind(&page("pictures", ARTICLE), ParagraphKind::Caption).len(), 4);
    // A report in pictures is in its gallery.
    let long = ARTICLE.replace("<p>", "<figure><img src=b.jpg><figcaption>").replace("</p>", "</figcaption></figure>");
    let draft = read(&format!("<article><div class=gallery>{long}</div></article>"));
    assert_eq!(of_kind(&draft, ParagraphKind::Residue), [] as [&str; 0]);
    assert_eq!(of_kind(&draft, ParagraphKind::Caption).len(), 3);
}

#[test]
fn an_element_of_the_sites_own_is_known_by_its_name() {
    let fact =
        "<p>Lữ đoàn 900 thành lập mùa xuân năm ấy và có ba tiểu đoàn cùng một xưởng sửa chữa lớn của đơn vị.</p>";
    for name in ["bao-factbox", "x-promo"] {
        let draft = read(&format!("<article>{ARTICLE}<{name}>{fact}</{name}></article>"));
        assert_eq!(of_kind(&draft, ParagraphKind::Residue).len(), 1, "{name}");
        assert_eq!(of_kind(&draft, ParagraphKind::Body).len(), 3, "{name}");
    }
    let draft = read(&format!("<article>{ARTICLE}<bao-text>{fact}</bao-text></article>"));
    assert_eq!(of_kind(&draft, ParagraphKind::Body).len(), 4);
    // Inside of a sentence such an element begins no line.
    let draft = read(&ARTICLE.replace("doanh trại", "<bao-tooltip>doanh trại</bao-tooltip>"));
    assert!(draft.text.contains("xây dựng doanh trại, bảo đảm"), "{}", draft.text);
}

#[test]
fn what_is_told_of_the_author_is_no_text_of_the_report() {
    let about =
        "<p>Tạ Thu Hoài viết về các đơn vị công trình từ nhiều năm nay và đã in hai tập bút ký về đời lính.</p>";
    let page = |class: &str| read(&format!("<article>{ARTICLE}<div class='{class}'>{about}</div></article>"));
    assert_eq!(of_kind(&page("author-box"), ParagraphKind::Residue).len(), 1);
    assert_eq!(of_kind(&page("author-box"), ParagraphKind::Body).len(), 3);
    assert_eq!(of_kind(&page("detail-box"), ParagraphKind::Body).len(), 4);
    // Themes give the author's name to the element of the whole article.
    let draft = read(&format!("<article><div class='post author-hoai'>{ARTICLE}</div></article>"));
    assert_eq!(of_kind(&draft, ParagraphKind::Body).len(), 3);
}

#[test]
fn an_empty_title_in_a_drawing_hides_nothing() {
    let draft =
        read(&format!("<title>Sơ kết quý I</title><svg><title/><path d=M0/></svg><article>{ARTICLE}</article>"));
    assert_eq!(of_kind(&draft, ParagraphKind::Body).len(), 3);
    assert_eq!(draft.title.unwrap().text, "Sơ kết quý I");
}

#[test]
fn slides_that_are_the_report_stay() {
    let slides = ARTICLE.replace("<p>", "<div class=slideshow-slide><p>").replace("</p>", "</p></div>");
    let draft = read(&format!("<article>{slides}</article>"));
    assert_eq!(of_kind(&draft, ParagraphKind::Body).len(), 3);
}

#[test]
fn the_number_of_a_part_is_no_table_of_contents() {
    let parts = ARTICLE.replace("<p>", "<div id=TOC_PART_1><p>").replace("</p>", "</p></div>");
    assert_eq!(of_kind(&read(&format!("<article>{parts}</article>")), ParagraphKind::Body).len(), 3);
}
