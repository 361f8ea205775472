//! What can be wrong with a filter: the phrases of `search::filter::FilterProblemKind`, which fills in their
//! placeholders. Those about a field take its name, the value (or the sign before it) and an example.

super::phrases! {
    TOO_LONG: "quá dài: bộ lọc có nhiều nhất 4.096 byte", "too long: a filter has 4,096 bytes at most";
    NO_OPENING_PARENTHESIS: "thiếu ( trước dấu ) này", "no ( before this )";
    NO_CLOSING_PARENTHESIS: "còn thiếu dấu ) đóng", "( is still open";
    EMPTY_PARENTHESES: "giữa ( và ) chưa có gì", "nothing between ( and )";
    TOO_MANY_PARENTHESES: "quá nhiều dấu ngoặc", "too many parentheses";
    NO_CLOSING_QUOTE: "còn thiếu dấu \" đóng", "\" is still open";
    EMPTY_QUOTATION: "giữa hai dấu ngoặc kép chưa có từ nào", "no word between the quotation marks";
    NO_WORD: "không có từ nào để tìm", "no word to search for";
    NO_DAY: "không có ngày nào từ from: đến hết to:", "no day is on or after from: and up to to:";
    UNFINISHED_OPERATOR: "sau {} là gì?", "what after {}?";
    NOTHING_BEFORE: "thiếu phần trước {}", "nothing before {}";
    NOTHING_AFTER: "thiếu phần sau {}", "nothing after {}";
    UNFINISHED_EXCLUSION: "- bỏ từ nào: gõ từ ấy liền sau dấu -", "- without what: type a word right after it";
    EMPTY_EXCLUSION: "- bỏ từ liền sau nó, ở đây không có từ nào", "- takes away the word right after it";
    UNKNOWN_FIELD: "không có trường {}:; tìm từ thì dùng ngoặc kép", "no field {}:; to search for words, quote them";
    UNKNOWN_FIELD_NEAR: "không có trường {}:; có phải {}:?", "no field {}:; did you mean {}:?";
    SIGN_NOT_TAKEN: "{}: không nhận dấu “{}”; ví dụ {}", "{}: takes no “{}”; try {}";
    NO_VALUE: "{}: cần một giá trị, ví dụ {}", "{}: wants a value, such as {}";
    UNFINISHED_VALUE: "{}: “{}” chưa đủ, ví dụ {}", "{}: “{}” is not whole yet; such as {}";
    NOT_A_YEAR: "{}: “{}” không phải năm; ví dụ {}", "{}: “{}” is not a year; try {}";
    NOT_A_DATE: "{}: “{}” không phải ngày tháng; ví dụ {}", "{}: “{}” is not a date; try {}";
    UNKNOWN_VALUE: "{}: không hiểu “{}”; ví dụ {}", "{}: does not know “{}”; try {}";
}
