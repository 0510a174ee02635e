//! How much is stored, and how many pictures stand where.

use crate::components::{ButtonLink, Glyph, Icon, bytes, counted};
use leptos::prelude::*;
use model::{PictureCounts, Usage};

/// A line, a bar where there is a limit, and the way to more pictures.
#[component]
pub(super) fn Storage(
    /// What is stored and may be.
    usage: Usage,
    /// How many pictures stand where.
    counts: PictureCounts,
) -> impl IntoView {
    let Usage { used, quota, .. } = usage;
    let stored = match quota {
        Some(quota) => format!("{} of {} used", bytes(used), bytes(quota)),
        None => format!("{} used", bytes(used)),
    };
    view! {
        <div class="flex flex-wrap items-center justify-between gap-6">
            <div class="grid min-w-60 gap-2">
                <p>{stored}</p>
                {quota
                    .map(|quota| {
                        view! { <progress max=quota value=used.min(quota) aria-label="Storage used" class="thin-progress"></progress> }
                    })}
                <p class="text-sm text-muted">{states(counts)}</p>
            </div>
            <ButtonLink href="/upload">
                <Icon glyph=Glyph::Upload/>
                "Upload pictures"
            </ButtonLink>
        </div>
    }
}

/// As `12 pictures, 1 pending, 2 refused`; states without pictures are left out.
fn states(counts: PictureCounts) -> String {
    let PictureCounts { pending, completed, failed } = counts;
    let mut words = vec![counted(completed, "picture")];
    words.extend((pending > 0).then(|| format!("{pending} pending")));
    words.extend((failed > 0).then(|| format!("{failed} refused")));
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_without_pictures_are_left_out() {
        assert_eq!(states(PictureCounts { pending: 0, completed: 1, failed: 0 }), "1 picture");
        assert_eq!(states(PictureCounts { pending: 2, completed: 0, failed: 3 }), "0 pictures, 2 pending, 3 refused");
    }
}
