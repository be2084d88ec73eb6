//! A light's shape and colours: disc, triangle, diamond, so that it is told without colour too.

use super::scene::{Point, Scene};
use super::spec::Light;
use super::theme::{Rgb, Tokens};

/// Its colour where it is text.
pub(super) fn tone(t: &Tokens, light: Light) -> Rgb {
    match light {
        Light::Green => t.ok,
        Light::Yellow => t.watch,
        Light::Red => t.risk,
    }
}

/// Its colour where it is an area.
pub(super) fn fill(t: &Tokens, light: Light) -> Rgb {
    match light {
        Light::Green => t.ok_fill,
        Light::Yellow => t.watch_fill,
        Light::Red => t.risk_fill,
    }
}

/// Draws its shape around a centre.
pub(super) fn shape(scene: &mut Scene, t: &Tokens, light: Light, (cx, cy): Point, r: f64) {
    let colour = tone(t, light);
    match light {
        Light::Green => scene.disc((cx, cy), r, colour),
        Light::Yellow => {
            scene.area([(cx, cy - r), (cx + 1.08 * r, cy + 0.9 * r), (cx - 1.08 * r, cy + 0.9 * r)], colour);
        }
        Light::Red => {
            let d = 1.12 * r;
            scene.area([(cx, cy - d), (cx + d, cy), (cx, cy + d), (cx - d, cy)], colour);
        }
    }
}
