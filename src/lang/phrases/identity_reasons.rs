//! Why two mentions are considered one person or two: the phrases of `officials::ReasonKind`, which fills in their
//! placeholders.

super::phrases! {
    RIVALS: "; cũng hợp với một người khác cùng tên", "; another official of the name fits as well";
    ONE_REPORT: "một báo cáo nêu cả hai", "one report names both";
    COUNTRIES: "thuộc hai nước: {} và {}", "of two countries: {} and {}";
    FOREIGN:
        "một người là quan chức {}, người kia không được nêu như vậy",
        "one is an official of {}, the other is not said to be";
    TWO_PLACES: "hai chức vụ cùng lúc: ở “{}” và ở “{}”", "two posts at once: in “{}” and in “{}”";
    POST_TOO_LOW: "{} không xuống làm “{}”", "a {} does not become “{}”";
    RANK_FELL:
        "{} ngày {} sau {} ngày {}, mà không có tin giáng cấp",
        "{} on {} after {} on {}, and no report of a demotion";
    RANK_FELL_INFERRED:
        "{} ngày {} sau {} ngày {}, mà không có tin giáng cấp; nhưng có ngày chỉ là suy ra",
        "{} on {} after {} on {}, and no report of a demotion; but a day is only inferred";
    ROSE_TOO_FAST: "cao hơn {} cấp chỉ sau {} tháng", "rose too fast (ranks: {}, months: {})";
    SAME_POST: "cùng chức vụ: {}", "the same post: {}";
    HELD_BEFORE: "người này từng giữ chức người kia đang giữ: {}", "the one held what the other holds: {}";
    SHORT_FOR_POST:
        "chức vụ nêu tắt trùng với chức vụ của người kia: {}",
        "a post stated without its organisation agrees with one of the other: {}";
    SAME_COUNTRY: "cùng giữ chức vụ của một nước: {}", "both hold posts of one country: {}";
    SAME_UNIT: "cùng đơn vị: {}", "the same unit: {}";
    UNIT_BECAME:
        "“{}” và “{}” là một đơn vị trước và sau khi thay đổi",
        "“{}” and “{}” are one unit before and after a change";
    IN_UNIT_REPORT:
        "không nêu chức vụ, trong báo cáo của “{}”, nơi người kia công tác",
        "named without a post in a report of “{}”, where the other serves";
    NO_POST_RANKS_AGREE: "không nêu chức vụ; cấp bậc phù hợp", "named without a post; the ranks agree";
    NO_POST_NOTHING_AGAINST:
        "không nêu chức vụ và cấp bậc; không có gì mâu thuẫn",
        "named without a post or a rank; nothing contradicts";
    BOTH_ACCUSED:
        "cùng là người bị buộc tội, cùng một ngành",
        "both are accused of a crime, and are of one service";
    RARE_NAME:
        "không nêu chức vụ; tên nước ngoài, ít người trùng",
        "named without a post; a foreign name, which few share";
    MOVED_RANKS_AGREE: "sang đơn vị khác; cấp bậc phù hợp", "moved to another unit; the ranks agree";
    CIVILIAN_POST:
        "khi tướng lĩnh chuyển sang dân sự, báo chí không còn ghi cấp bậc",
        "a general who takes a civilian post loses the rank in the press";
    HIGH_POSTS: "chức vụ cao này sau chức vụ cao khác", "one high post after another";
    OFFICIAL_THEN_OFFICER:
        "cán bộ không có quân hàm, rồi sĩ quan: chỉ giống tên",
        "an official without rank, then an officer: only the name is the same";
    ONLY_THE_NAME:
        "đơn vị khác, không có cấp bậc để đối chiếu: chỉ giống tên",
        "another unit, and no rank to go by: only the name is the same";
    READER_JOINED: "người đọc gộp làm một", "joined by the reader";
    READER_PARTED: "người đọc tách làm hai", "parted by the reader";
}
