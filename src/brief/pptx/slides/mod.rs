//! The slides of a bulletin, in their order.

mod district;
mod league;
mod lists;
mod need;
mod opening;
mod paired;
mod ranking;
mod scenario;
mod tasks;
mod waterfall;

use super::Drawn;
use super::slide::Slide;
use super::words::Words;
use crate::brief::BulletinParts;

/// Title, verdict, ranking, league tables, a slide a region, public lists, scenario and its levers, monthly need, tasks; what the bulletin does not have is left out.
pub(super) fn of(parts: &BulletinParts, pictures: &[Drawn]) -> Vec<Slide> {
    let words = Words::of(parts);
    let mut slides = vec![opening::title(parts)];
    slides.extend(opening::verdict(parts, &words));
    slides.extend(ranking::slides(parts, &words));
    slides.extend(league::slides(parts, &words));
    slides.extend(district::slides(parts, &words, pictures));
    slides.extend(lists::slide(parts, &words));
    slides.extend(scenario::slides(parts, &words));
    slides.extend(waterfall::slides(parts, &words));
    slides.extend(need::slides(parts, &words));
    slides.extend(tasks::slides(parts, &words));
    slides
}
