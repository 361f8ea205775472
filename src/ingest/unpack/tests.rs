//! Containers as other programs write them, all with invented texts, and hostile ones: each is read, or refused in a
//! line with what came before it kept.

use super::*;
use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{Cursor, Write};

const TEXT: &str = "Sáng 3-4, đơn vị sơ kết công tác hậu cần quý I.";

/// What was found, in a form that is easy to compare: `name: text`, `! problem`, `- kind`.
fn all(bytes: &[u8], name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let read = each_part(ContainerInput::File(&mut Cursor::new(bytes), bytes.len() as u64), name, &mut |one| {
        found.push(told(one));
        true
    });
    found.extend(read.err().map(|why| format!("! {why}")));
    let mut streamed = Vec::new();
    let read = each_part(ContainerInput::Stream(&mut &*bytes), name, &mut |one| {
        streamed.push(told(one));
        true
    });
    streamed.extend(read.err().map(|why| format!("! {why}")));
    assert_eq!(streamed.len(), found.len(), "a stream gives the same: {streamed:?} {found:?}");
    found
}

fn told(one: Unpacked) -> String {
    match one {
        Unpacked::Part(part) => format!("{}: {}", part.name, String::from_utf8_lossy(&part.bytes).trim_end()),
        Unpacked::Problem(why) => format!("! {why}"),
        Unpacked::LeftOut(kind) => format!("- {}", kind.word()),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_entry(name: &[u8], kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    header[..name.len()].copy_from_slice(name);
    header[100..107].copy_from_slice(b"0000644");
    header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
    header[156] = kind;
    header[257..263].copy_from_slice(b"ustar\0");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
    header[154] = 0;
    let mut entry = [header.as_slice(), bytes].concat();
    entry.resize(entry.len().div_ceil(512) * 512, 0);
    entry
}

#[test]
fn compressed_files_are_their_content() {
    assert_eq!(all(&gzip(TEXT.as_bytes()), "tin.txt.gz"), [format!(": {TEXT}")]);
    let two = [gzip(b"Tin "), gzip(TEXT.as_bytes())].concat();
    assert_eq!(all(&two, "tin.gz"), [format!(": Tin {TEXT}")]);
    assert_eq!(all(&zstd::encode_all(TEXT.as_bytes(), 1).unwrap(), "a.zst"), [format!(": {TEXT}")]);
    let records = "{\"text\":\"một\"}\n{\"text\":\"hai\"}\n";
    assert_eq!(all(&gzip(records.as_bytes()), "a.jsonl.gz"), [": {\"text\":\"một\"}\n{\"text\":\"hai\"}"]);
    let cut = gzip(TEXT.repeat(500).as_bytes());
    let found = all(&cut[..cut.len() - 20], "tin.gz");
    assert!(found.len() == 1 && found[0].starts_with("! "), "{found:?}");
}

#[test]
fn archives_are_read_file_by_file() {
    let page = format!("<html><p>{TEXT}</p></html>");
    let files: [(&str, &[u8]); 7] = [
        ("a/tin.txt", TEXT.as_bytes()),
        ("a/ảnh.png", b"\x89PNG"),
        ("b.aspx?id=12", page.as_bytes()),
        ("khong-duoi", b"notes"),
        (".hidden.txt", b"x"),
        ("../../etc/cron.d/x.txt", b"x"),
        ("trong.zip", &zip(&[("c.txt", b"sau")])),
    ];
    let wanted = [
        format!("a/tin.txt: {TEXT}"),
        "- picture".to_owned(),
        format!("b.aspx?id=12: {page}"),
        "- other".to_owned(),
        "! ../../etc/cron.d/x.txt: its path leads out of the packed file".to_owned(),
        "trong.zip/c.txt: sau".to_owned(),
    ];
    assert_eq!(all(&zip(&files), "a.zip"), wanted);
    let tar: Vec<u8> = files.iter().flat_map(|(name, bytes)| tar_entry(name.as_bytes(), b'0', bytes)).collect();
    let tar = [tar, vec![0; 1024]].concat();
    assert_eq!(all(&tar, "a.tar"), wanted);
    assert_eq!(all(&gzip(&tar), "a.tgz"), wanted);
    let long = [tar_entry(b"././@LongLink", b'L', b"d/ten-rat-dai.txt\0"), tar_entry(b"d/cut", b'0', b"x")].concat();
    assert_eq!(all(&long, "a.tar"), ["d/ten-rat-dai.txt: x"]);
    assert_eq!(
        all(&[tar_entry(b"l", b'2', b""), tar_entry(b"a.txt", b'0', b"x")].concat(), ""),
        ["- link", "a.txt: x"]
    );
}

#[test]
fn names_in_utf8_are_known_in_archives_that_do_not_say_so() {
    let mut packed = zip(&[("báo-cáo/quý một.txt", TEXT.as_bytes())]);
    for (sign, flags) in [(b"PK\x03\x04", 7), (b"PK\x01\x02", 9)] {
        let at = memchr::memmem::find(&packed, sign).unwrap() + flags;
        assert_eq!(std::mem::take(&mut packed[at]), 8, "the flag that says so");
    }
    assert_eq!(all(&packed, "a.zip"), [format!("báo-cáo/quý một.txt: {TEXT}")]);
}

#[test]
fn web_archives_give_pages_with_their_addresses() {
    let page = format!("<html><p>{TEXT}</p></html>");
    let record = |kind: &str, address: &str, http: &str, body: &[u8]| {
        let content = [http.as_bytes(), body].concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http\r\n\
             Content-Length: {}\r\n\r\n",
            content.len()
        );
        [head.as_bytes(), &content, b"\r\n\r\n"].concat()
    };
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunks = format!("{:x}\r\n{page}\r\n0\r\n\r\n", page.len());
    let bytes = [
        record("warcinfo", "", "", b"software: x"),
        record("response", "https://example.vn/a", html, page.as_bytes()),
        record("response", "https://example.vn/b.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", b"x"),
        record("response", "https://example.vn/c", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", b"x"),
        record("response", "https://example.vn/d", chunked, chunks.as_bytes()),
    ]
    .concat();
    let wanted = [
        format!("https://example.vn/a: {page}"),
        "- picture".to_owned(),
        "- error_page".to_owned(),
        format!("https://example.vn/d: {page}"),
    ];
    assert_eq!(all(&bytes, "a.warc"), wanted);
    assert_eq!(all(&gzip(&bytes), "a.warc.gz"), wanted);
    let mut cut = all(&bytes[..bytes.len() - 400], "a.warc");
    assert_eq!(cut.remove(0), wanted[0], "what came before is kept");
}

#[test]
fn mail_gives_its_text_and_attachments() {
    let message = "From: Ban Thư =?UTF-8?Q?k=C3=BD?= <a@example.vn>\r\nTo: b@example.vn\r\n\
        Date: Sat, 3 Jan 2026 20:30:00 +0000\r\nSubject: =?UTF-8?B?U8ahIGvhur90IHF1w70gSQ==?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\
\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n\
        S=C3=A1ng 3-4, =C4=91=C6=A1n v=E1=BB=8B s=C6=A1 k=E1=BA=BFt.\r\n\
        --x\r\nContent-Type: text/plain; name=\"kem.txt\"\r\nContent-Disposition: attachment; filename=\"kem.txt\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nVGluIGvDqG0gdGhlbw==\r\n--x\r\n\
        Content-Type: image/png; name=\"a.png\"\r\n\
        Content-Disposition: attachment; filename=\"a.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n\
        --x--\r\n";
    let wanted = [": Sáng 3-4, đơn vị sơ kết.", "kem.txt: Tin kèm theo", "- picture"];
    assert_eq!(all(message.as_bytes(), "a.eml"), wanted);
    let mut abouts = Vec::new();
    each_part(ContainerInput::Stream(&mut message.as_bytes()), "", &mut |found| {
        abouts.extend(if let Unpacked::Part(part) = found { Some(part.about) } else { None });
        true
    })
    .unwrap();
    assert_eq!(abouts[0].title.as_deref(), Some("Sơ kết quý I"));
    assert_eq!(abouts[0].published.map(|day| day.to_string()).as_deref(), Some("2026-01-04"));
    let plain = "From: a\nTo: b\nSubject: Tin\n\n>From here on the text.\n\nFrom here too.\n";
    let mbox =
        format!("From a@example.vn Sat Jan  3 20:30:00 2026\n{message}\nFrom b Sun Jan  4 08:00:00 2026\n{plain}");
    let found = all(mbox.as_bytes(), "thu.mbox");
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[0].starts_with("message 1: Sáng") && found[1].starts_with("message 1/kem.txt: "), "{found:?}");
    assert_eq!(found[3], "message 2: From here on the text.\n\nFrom here too.");
}

#[test]
fn mail_in_an_old_encoding_is_handed_over_as_it_was_written() {
    // TCVN3, which no library of mail knows, stated by a name of it, as another one or not at all.
    let text = b"S\xb8ng 3-4, \xae\xacn v\xde s\xac k\xd5t.";
    let head = "From: a@example.vn\r\nTo: b@example.vn\r\nSubject: Tin\r\n";
    for stated in ["; charset=TCVN3", "; charset=utf-8", ""] {
        let quoted = "S=B8ng 3-4, =AE=ACn v=DE s=AC k=\r\n=D5t.";
        for (encoding, sent) in [
            ("8bit", text.as_slice()),
            ("quoted-printable", quoted.as_bytes()),
            ("base64", b"U7huZyAzLTQsIK6sbiB23iBzrCBr1XQu"),
        ] {
            let kind = format!("Content-Type: text/plain{stated}\r\nContent-Transfer-Encoding: {encoding}\r\n");
            let attached = format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\
                 Content-Type: text/plain\r\n\r\nSee the file.\r\n--x\r\n\
                 Content-Disposition: attachment; filename=a.txt\r\n{kind}\r\n"
            );
            let alone = [head.as_bytes(), kind.as_bytes(), b"\r\n", sent, b"\r\n"].concat();
            let with_file = [head.as_bytes(), attached.as_bytes(), sent, b"\r\n--x--\r\n"].concat();
            for (message, wanted) in [(alone, text.as_slice()), (with_file, text)] {
                let mut parts = Vec::new();
                each_part(ContainerInput::Stream(&mut message.as_slice()), "a.eml", &mut |found| {
                    parts.extend(if let Unpacked::Part(part) = found { Some(part.bytes) } else { None });
                    true
                })
                .unwrap();
                let last = parts.last().unwrap();
                assert_eq!(last.trim_ascii_end(), wanted, "{stated} {encoding}: {}", String::from_utf8_lossy(last));
            }
        }
    }
}

#[test]
fn a_page_saved_as_one_message_keeps_its_address() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.vn/tin\r\nSubject: Tin\r\n\
        Date: Sat, 3 Jan 2026 20:30:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; \
        type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: \
        https://example.vn/tin\r\nContent-Transfer-Encoding: binary\r\n\r\n\
        <html><p>Đơn vị sơ kết.</p></html>\r\n--b\r\n\
        Content-Type: image/png\r\nContent-Location: https://example.vn/a.png\r\n\
        Content-Transfer-Encoding: base64\r\n\r\n\
        eA==\r\n--b--\r\n";
    let mut found = Vec::new();
    each_part(ContainerInput::Stream(&mut page.as_bytes()), "tin.mhtml", &mut |one| {
        found.push(one);
        true
    })
    .unwrap();
    let Unpacked::Part(part) = &found[0] else { panic!("{found:?}") };
    assert_eq!(part.about.url.as_deref(), Some("https://example.vn/tin"));
    assert!(String::from_utf8_lossy(&part.bytes).contains("Đơn vị sơ kết."));
    assert_eq!(found[1..], [Unpacked::LeftOut(FileKind::Picture)]);
}

#[test]
fn rows_of_tables_are_records() {
    let table = "title;text;url\r\nTin 1;\"Một, \"\"hai\"\"\r\nba\";https://example.vn/a\r\nTin 2;Bốn\r\n";
    let wanted = ": {\"text\":\"Một, \\\"hai\\\"\\r\\nba\",\"title\":\"Tin 1\",\"url\":\"https://example.vn/a\"}\n\
        {\"text\":\"Bốn\",\"title\":\"Tin 2\"}";
    assert_eq!(all(table.as_bytes(), "bang.csv"), [wanted]);
    assert_eq!(all(table.as_bytes(), ""), [wanted]);
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(all(&wide, "bang.csv"), [wanted]);
    let links = "title,url,time_added,tags,status\nTin,https://example.vn/a,1700000000,,unread\n";
    let found = all(links.as_bytes(), "part_000000.csv");
    assert!(found.len() == 1 && found[0].contains("that Pocket has exported"), "{found:?}");
    let list = "[\n {\"text\":\n\"một\"},{\"text\":\"hai\"}]";
    assert_eq!(all(list.as_bytes(), "a.json"), [": {\"text\": \"một\"}\n{\"text\":\"hai\"}"]);
}

#[test]
fn rows_in_an_old_encoding_are_read_wherever_it_begins_to_show() {
    let row = b"Tin,\"S\xb8ng 3-4, \xae\xacn v\xde s\xac k\xd5t c\xabng t\xb8c h\xcbu c\xc7n.\"\n";
    let read = |table: &[u8], encoding: Option<&str>| {
        let mut found = Vec::new();
        each_part(ContainerInput::Stream(&mut &*table), "a.csv", &mut |one| {
            let Unpacked::Part(part) = one else { panic!("{one:?}") };
            crate::ingest::part_drafts(&part, encoding, &mut |draft| {
                found.push(draft.map(|draft| draft.text).map_err(|why| why.to_string()));
            });
            true
        })
        .unwrap();
        found
    };
    let wanted = "Sáng 3-4, đơn vị sơ kết công tác hậu cần.";
    assert_eq!(read(&[b"title,text\n".as_slice(), row].concat(), None), [Ok(wanted.to_owned())]);
    let late = [b"title,text\n".as_slice(), &b"Note,plain words only\n".repeat(4000), row].concat();
    assert_eq!(read(&late, None).last(), Some(&Ok(wanted.to_owned())));
    // Too little to be sure: refused with what to do, which then works.
    let little = b"title,text\nTin,Qu\xa9n \xae\xe9i\n";
    let refused = read(little, None);
    assert!(refused[0].as_ref().is_err_and(|why| why.contains("--encoding")), "{refused:?}");
    assert_eq!(read(little, Some("tcvn3")), [Ok("Quân đội".to_owned())]);
    // One that is too large to be decoded whole loses none of its rows.
    let long_row = [b"Note,\"".as_slice(), &b"plain words ".repeat(80_000), b"\"\n"].concat();
    let large = [b"title,text\n".as_slice(), row, &long_row.repeat(18), row].concat();
    let (mut rows, mut last) = (0, Vec::new());
    each_part(ContainerInput::Stream(&mut large.as_slice()), "a.csv", &mut |one| {
        let Unpacked::Part(part) = one else { panic!("{one:?}") };
        rows += part.bytes.trim_ascii_end().split(|byte| *byte == b'\n').count();
        last = part.bytes;
        true
    })
    .unwrap();
    assert!(rows == 20 && memchr::memmem::find(&last, b"S\xb8ng 3-4").is_some(), "{rows}");
}

#[test]
fn documents_are_their_paragraphs() {
    let document = "<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>STT</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>\
        <w:t>Họ tên</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>Sáng 3-4, đơn</w:t></w:r><w:r><w:tab/>\
        <w:t xml:space=\"preserve\"> vị &amp; bạn</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>\
        <w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>Qu©n ®</w:t></w:r><w:r><w:rPr>\
        <w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>éi</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"cu\"/></w:pPr>\
        <w:r><w:t>Quaân ñoäi</w:t></w:r></w:p></w:body></w:document>";
    let styles = "<w:styles><w:style w:styleId=\"goc\"><w:rPr><w:rFonts w:ascii=\"VNI-Times\"/></w:rPr></w:style>\
        <w:style w:styleId=\"cu\"><w:basedOn w:val=\"goc\"/></w:style></w:styles>";
    let header = "<w:hdr><w:p><w:r><w:t>Cục Giả Tưởng</w:t></w:r></w:p></w:hdr>";
    let docx = zip(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
    ]);
    assert_eq!(all(&docx, "a.docx"), [": STT | Họ tên\nSáng 3-4, đơn  vị & bạn\nQuân đội\nQuân đội"]);
    let content = "<office:document-content><style:style style:name=\"P1\">\
        <style:text-properties style:font-name=\".VnTime\"/>\
        </style:style><text:h>Tin</text:h><text:p text:style-name=\"P1\">Qu©n<text:s/>®éi</text:p><text:list>\
        <text:list-item>\
        <text:p>Một<office:annotation><text:p>chú</text:p></office:annotation></text:p></text:list-item></text:list>\
        </office:document-content>";
    let odt = zip(&[("mimetype", b"x"), ("content.xml", content.as_bytes()), ("META-INF/manifest.xml", b"<x/>")]);
    assert_eq!(all(&odt, "a.odt"), [": Tin\nQuân đội\n- Một"]);
    let epub = zip(&[
        ("META-INF/container.xml", b"<rootfile full-path=\"O/c.opf\"/>"),
        (
            "O/c.opf",
            b"<p><item id='b' href='b.xhtml'/><item id='a' href='a.xhtml'/><itemref idref='a'/>\
                <itemref idref='b'/><item id='c' href='a.xhtml#2'/><itemref idref='c'/><itemref idref='a'/></p>",
        ),
        ("O/a.xhtml", b"<html>1</html>"),
        ("O/b.xhtml", b"<html>2</html>"),
    ]);
    assert_eq!(all(&epub, "a.epub"), ["O/a.xhtml: <html>1</html>", "O/b.xhtml: <html>2</html>"]);
    let empty = ("word/document.xml", b"<w:document><w:p/></w:document>".as_slice());
    assert!(all(&zip(&[empty, ("word/media/image1.png", b"x")]), "a.docx")[0].contains("only pictures"));
    assert!(all(&zip(&[empty]), "a.docx")[0].ends_with("there is no text in it"));
    assert!(all(&zip(&[("xl/workbook.xml", b"x")]), "a.xlsx")[0].contains("Excel"));
}

#[test]
fn bombs_and_endless_inputs_are_refused_in_a_line() {
    let zeros = vec![b'0'; 20 << 20];
    let first = ("a.txt", TEXT.as_bytes());
    let names: Vec<String> = (0..8).map(|n| format!("{n}.txt")).collect();
    let bomb: Vec<(&str, &[u8])> =
        std::iter::once(first).chain(names.iter().map(|name| (name.as_str(), zeros.as_slice()))).collect();
    let found = all(&zip(&bomb), "bomb.zip");
    assert_eq!(found[0], format!("a.txt: {TEXT}"), "what came before is kept");
    assert!(found.len() <= 8 && found.last().unwrap().contains("200 times"), "{found:?}");
    assert!(all(&gzip(&gzip(&zeros)), "a.gz.gz").last().unwrap().starts_with("! "));
    let mut nested = zip(&[first]);
    for _ in 0..12 {
        nested = zip(&[("a.zip", &nested)]);
    }
    assert!(all(&nested, "a.zip")[0].contains("packed files deep"), "{:?}", all(&nested, "a.zip"));
    let xml = format!(
        "<!DOCTYPE x [<!ENTITY a \"{}\"><!ENTITY b \"{}\">]><w:document><w:p><w:r><w:t>&b;x</w:t></w:r></w:p>\
            </w:document>",
        "y".repeat(1000),
        "&a;".repeat(1000)
    );
    let found = all(&zip(&[("word/document.xml", xml.as_bytes())]), "a.docx");
    assert!(found.len() == 2 && found[0].contains("entities are not put in") && found[1] == ": x", "{found:?}");
    let deep = format!(
        "<w:document><w:p><w:r><w:t>Trước đó.</w:t></w:r></w:p>{}x",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>".repeat(100_000)
    );
    let found = all(&zip(&[("word/document.xml", deep.as_bytes())]), "a.docx");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("1,000 deep") && found[1] == ": Trước đó.", "{found:?}");
    let boundary = "From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n".to_owned()
        + &"--x\n".repeat(300_000);
    assert!(all(boundary.as_bytes(), "a.eml").len() <= 200);
    let part = "--x\nContent-Type: text/plain\n\ny\n".repeat(20_001);
    let found = all(
        format!("From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n{part}").as_bytes(),
        "a.eml",
    );
    assert!(found.iter().any(|line| line.contains("more than 20000 parts")), "{:?}", found.first());
    let parts = "From: a\nTo: b\nSubject: c\n".to_owned()
        + &(0..3000)
            .map(|n| format!("Content-Type: multipart/mixed; boundary=x{n}\n\n--x{n}\n"))
            .collect::<Vec<_>>()
            .concat();
    assert!(all(parts.as_bytes(), "a.eml").len() <= 200);
    // Messages in messages, which the library would drop one inside of the other.
    for kind in ["message/rfc822\n\n", "message/global\n\n", "multipart/digest; boundary=x\n\n--x\n\n"] {
        let nested = format!("From: a\nTo: b\nSubject: c\n{}", format!("Content-Type: {kind}").repeat(100_000));
        let found = all(nested.as_bytes(), "a.eml");
        assert!(found.iter().any(|line| line.contains("more than 20000 parts")), "{:?}", found.first());
    }
    let row = [b"title,text\n\"".as_slice(), &vec![b'a'; 20 << 20]].concat();
    assert!(all(&row, "a.csv").last().unwrap().contains("no end"));
    let columns = format!("title{}\n", ",text".repeat(5000));
    assert!(all(columns.as_bytes(), "a.csv").last().unwrap().contains("5001 columns"));
    let columns = format!("title,text\na{}\n", ",".repeat(1_000_000));
    assert!(all(columns.as_bytes(), "a.csv").last().unwrap().contains("no end"));
    let long_name = tar_entry(b"././@LongLink", b'L', &vec![b'a'; 1 << 20]);
    assert_eq!(all(&[long_name, tar_entry(b"b", b'0', b"x")].concat(), "a.tar"), ["- other"]);
    let size = [b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n".as_slice(), b"x"].concat();
    assert!(all(&size, "a.warc").len() <= 1);
    let one = zip(&[("0.txt", TEXT.repeat(100).as_bytes())]);
    let list = memchr::memmem::rfind(&one, b"PK\x01\x02").unwrap();
    let end = memchr::memmem::rfind(&one, b"PK\x05\x06").unwrap();
    let mut over = one[..end].to_vec();
    for digit in b'1'..=b'9' {
        let mut entry = one[list..end].to_vec();
        let at = memchr::memmem::find(&entry, b"0.txt").unwrap();
        entry[at] = digit;
        over.extend(entry);
    }
    let length = u32::try_from(over.len() - list).unwrap();
    over.extend(&one[end..]);
    let at = over.len() - 22;
    over[at + 8..at + 12].copy_from_slice(&[10, 0, 10, 0]);
    over[at + 12..at + 16].copy_from_slice(&length.to_le_bytes());
    let found = all(&over, "a.zip");
    assert!(found.len() < 10 && found.last().unwrap().contains("files overlap"), "{}", found.last().unwrap());
    let many = zip(&[]);
    let mut lying = many.clone();
    let at = lying.len() - 12;
    lying[at..at + 2].copy_from_slice(&[0xff, 0xff]);
    assert!(all(&lying, "a.zip").len() <= 1);
}

#[test]
fn whoever_takes_the_parts_can_stop() {
    let bytes = zip(&[("a.txt", b"1"), ("b.txt", b"2"), ("c.txt", b"3")]);
    let mut count = 0;
    each_part(ContainerInput::Stream(&mut bytes.as_slice()), "a.zip", &mut |_| {
        count += 1;
        count < 2
    })
    .unwrap();
    assert_eq!(count, 2);
}

#[test]
fn a_file_with_a_password_is_told_and_the_others_are_read() {
    let mut packed = zip(&[("mat.txt", TEXT.as_bytes()), ("a.txt", TEXT.as_bytes())]);
    let local = packed.windows(4).position(|bytes| bytes == b"PK\x03\x04").unwrap();
    let listed = packed.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    packed[local + 6] |= 1;
    packed[listed + 8] |= 1;
    let found = all(&packed, "a.zip");
    assert!(found.len() == 2 && found[0].contains("password") && found[1].contains("a.txt"), "{found:?}");
}
