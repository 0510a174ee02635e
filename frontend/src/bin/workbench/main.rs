//! The workbench: components and islands in their states, in the browser alone. `trunk serve` opens it.
//!
//! There is no server behind it: pictures stay in their placeholder colours, and what is sent is not answered.

mod canned;
mod pieces;
mod states;

use app::components::{Frame, PhotoGrid, SiteFooter, SiteHeader};
use leptos::prelude::*;
use pieces::{Buttons, Cards, Fields, Overlays, Pictures, Words};
use states::{Actions, Copying, Discussions, Header, Order, Uploads};

fn main() {
    leptos::mount::mount_to_body(Workbench);
}

/// Everything, one below the other.
#[component]
fn Workbench() -> impl IntoView {
    view! {
        <SiteHeader title="Workbench" member=Some("林 Lin".to_owned()) admin=true path="/".to_owned()/>
        <main>
            <Frame>
                <Buttons/>
                <Fields/>
                <Words/>
                <Overlays/>
                <Cards/>
                <Pictures/>
                <Header/>
                <Actions/>
                <Discussions/>
                <Order/>
                <Copying/>
                <Uploads/>
            </Frame>
            <PhotoGrid pictures=(0..9).map(canned::thumb).collect()/>
        </main>
        <SiteFooter/>
    }
}
