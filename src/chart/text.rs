//! Text without a font: fixed widths, line breaking and shortening. The same on every platform, because
//! what a browser would measure depends on the fonts installed, and in a worker there is nothing to ask.

/// The font families of the page's `tokens.css`: Latin first, since Chinese faces have poor digits.
pub const FONTS: &str = "Inter, 'Helvetica Neue', 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', \
'Source Han Sans SC', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif";

/// Height of capitals and digits above the baseline, in em.
pub const ASCENT: f64 = 0.80;
/// Depth below the baseline, in em.
pub const DESCENT: f64 = 0.22;
/// From one baseline to the next, in em.
pub const LEADING: f64 = 1.45;

/// Advance widths of U+0020–U+007E in thousandths of an em, in the widest family of the stack (Inter
/// Regular), so that another family is narrower; digits have their tabular width.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    281, 278, 403, 631, 650, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 650, 650, 650, 650, 650, 650, 650,
    650, 650, 650, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 562, 889,
    753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621,
    582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362,
    327, 362, 659,
];
/// The same for Inter Bold.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    281, 325, 392, 650, 690, 859, 674, 209, 409, 409, 565, 680, 303, 469, 298, 390, 690, 690, 690, 690, 690, 690, 690,
    690, 690, 690, 298, 303, 680, 680, 680, 562, 1031, 748, 661, 752, 727, 613, 585, 761, 746, 281, 570, 690, 567, 915,
    735, 782, 648, 783, 656, 655, 668, 729, 748, 1036, 714, 724, 667, 409, 390, 409, 488, 477, 497, 580, 635, 587, 635,
    598, 386, 633, 624, 272, 272, 582, 272, 912, 622, 614, 632, 632, 409, 562, 388, 622, 586, 850, 574, 586, 572, 409,
    374, 409, 680,
];

/// Width of one character in thousandths of an em.
fn advance(c: char, bold: bool) -> u16 {
    let code = u32::from(c);
    let table = if bold { &BOLD } else { &REGULAR };
    if let Some(width) = code.checked_sub(0x20).and_then(|i| table.get(i as usize)) {
        return *width;
    }
    match c {
        '–' => 500,
        '−' | '±' | '×' | '≥' | '≤' => 680,
        '·' => 300,
        '…' => 830,
        '°' => 460,
        '\t' | '\n' | '\r' => 281,
        // Other controls are drawn as the replacement character.
        _ if c.is_control() => 1000,
        // Quotes and dashes come from the Chinese face in a Chinese text.
        '—' | '“' | '”' | '‘' | '’' => 1000,
        _ if code < 0x1100 => 700,
        _ => 1000,
    }
}

/// Width of a line of text at a size, in the size's unit.
///
/// ```
/// # use landfall::chart::text::width;
/// assert_eq!(width("目标", 12.0, false), 24.0);
/// assert!(width("目标 11%", 12.0, true) > width("目标 11%", 12.0, false));
/// ```
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: u64 = text.chars().map(|c| u64::from(advance(c, bold))).sum();
    thousandths as f64 * size / 1000.0
}

/// Shortens a line to a width, with an ellipsis where something is left out.
///
/// ```
/// # use landfall::chart::text::fit;
/// assert_eq!(fit("太阳山开发区", 12.0, false, 50.0), "太阳山…");
/// assert_eq!(fit("同心县", 12.0, false, 50.0), "同心县");
/// ```
pub fn fit(text: &str, size: f64, bold: bool, max: f64) -> String {
    if width(text, size, bold) <= max {
        return text.to_owned();
    }
    // A star at the end points at a note, and stays.
    let end = if text.ends_with('*') { "…*" } else { "…" };
    let room = max - width(end, size, bold);
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += f64::from(advance(*c, bold)) * size / 1000.0;
            used <= room
        })
        .collect();
    if room < 0.0 { String::new() } else { format!("{}{end}", kept.trim_end()) }
}

/// Whether a line may begin at `next` after `last`: between Chinese characters, and after a space or hyphen.
fn may_break(last: char, next: char) -> bool {
    let cjk = |c: char| u32::from(c) >= 0x2e80;
    let closes = |c: char| "，。、；：！？）》」”’%,.;:!?)".contains(c);
    let opens = |c: char| "（《「“‘(".contains(c);
    last == ' ' || ((cjk(last) || cjk(next)) && !closes(next) && !opens(last) && next != ' ')
}

/// What a last line is at least as wide as, in the size of its letters, where a break before leaves it so much.
const LAST_LINE: f64 = 3.0;

/// Breaks text into at most `lines` lines no wider than `max`; the last is shortened where it must be. Never
/// empty for a text that is not.
///
/// ```
/// # use landfall::chart::text::wrap;
/// assert_eq!(wrap("12月落点：同比，%", 12.0, false, 70.0, 2), ["12月落点：", "同比，%"]);
/// assert_eq!(wrap("a long name", 12.0, false, 40.0, 2), ["a long", "name"]);
/// assert_eq!(wrap("largest: begin sooner (+3.4 pp)", 12.0, false, 170.0, 2), ["largest: begin sooner", "(+3.4 pp)"]);
/// assert_eq!(wrap("目标 11%", 12.0, false, 40.0, 2), ["目标", "11%"]);
/// assert_eq!(wrap("预计全年419.9亿元，概率45%", 12.0, false, 150.0, 2), ["预计全年419.9亿元，", "概率45%"]);
/// ```
pub fn wrap(text: &str, size: f64, bold: bool, max: f64, lines: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && out.len() < lines {
        if out.len() + 1 == lines || width(rest, size, bold) <= max {
            out.push(fit(rest, size, bold, max));
            return out;
        }
        let (mut used, mut cuts, mut last) = (0.0, Vec::new(), None);
        for (at, c) in rest.char_indices() {
            if last.is_some_and(|last| may_break(last, c)) {
                cuts.push(at);
            }
            // A space may hang over the edge.
            used += f64::from(advance(c, bold)) * size / 1000.0;
            if used > max && c != ' ' {
                break;
            }
            last = Some(c);
        }
        // A last line is not a unit alone where a break at a space or a comma leaves it more; no word is torn for that.
        let wide = |at: usize| width(&rest[at..], size, bold);
        let ends = |at: usize| rest[..at].ends_with([' ', '，', '；', '：', '、']);
        let stands = |at: &&usize| ends(**at) && (LAST_LINE * size..=max).contains(&wide(**at));
        let last = cuts.last().filter(|at| wide(**at) < LAST_LINE * size);
        let Some(&cut) = last.and_then(|_| cuts.iter().rev().find(stands)).or(cuts.last()) else {
            // One word too long for the line.
            out.push(fit(rest, size, bold, max));
            return out;
        };
        let (line, next) = rest.split_at(cut);
        out.push(line.trim_end().to_owned());
        rest = next.trim_start();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_fits() {
        let text = "太阳山开发区 (Taiyangshan development zone)：1–7月累计21.6亿元；<b>\"'&amp;</b>";
        for max in [30.0, 60.0, 100.0, 400.0] {
            for lines in 1..4 {
                let broken = wrap(text, 12.0, true, max, lines);
                assert!(!broken.is_empty() && broken.len() <= lines);
                for line in broken {
                    assert!(width(&line, 12.0, true) <= max, "{line} in {max}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_lost_without_an_ellipsis() {
        let text = "December magnified, growth in percent";
        let broken = wrap(text, 12.0, false, 90.0, 9);
        assert_eq!(broken.join(" "), text);
    }

    #[test]
    fn no_room_gives_nothing() {
        assert_eq!(fit("目标", 12.0, false, 3.0), "");
    }
}
