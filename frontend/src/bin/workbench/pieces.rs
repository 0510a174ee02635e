//! Components, in their states.

use crate::canned;
use app::components::{
    Button, ButtonLink, Checkbox, Dialog, Done, EmptyState, FittedPicture, GalleryCard, GalleryCards, Glyph, Icon,
    Kind, Menu, MenuPlace, Notice, Pagination, Problem, Section, Select, TextArea, TextField, Toast,
};
use leptos::prelude::*;
use model::Thumb;

#[component]
pub fn Buttons() -> impl IntoView {
    view! {
        <Section title="Buttons and menus">
            <div class="flex flex-wrap gap-4">
                <Button>"Primary"</Button>
                <Button kind=Kind::Quiet>"Quiet"</Button>
                <Button kind=Kind::Danger>"Danger"</Button>
                <Button>
                    <Icon glyph=Glyph::Upload/>
                    "With an icon"
                </Button>
                <Button attr:disabled=true>"Disabled"</Button>
                <form aria-busy="true">
                    <Button submits=false>"Being sent"</Button>
                </form>
                <Menu place=MenuPlace::Actions glyph=Glyph::Download label="Closed">
                    "Folded away"
                </Menu>
                <Menu place=MenuPlace::Actions glyph=Glyph::Plus label="Open" open=true>
                    "Closed by Escape, and by a press elsewhere"
                </Menu>
            </div>
        </Section>
    }
}

#[component]
pub fn Fields() -> impl IntoView {
    let options = vec![("a".to_owned(), "Winter sea".to_owned()), ("b".to_owned(), "冬海".to_owned())];
    view! {
        <Section title="Fields">
            <TextField label="E-mail" name="email" kind="email" value="lin@example.com"/>
            <TextField label="Name" name="username" value="a b" error=Some("Choose a name without spaces.".to_owned())/>
            <TextField
                label="Name, in a form that an island sends"
                name="live"
                error=Some("Choose another name.".to_owned())
                live=true
            />
            <Problem id="problem" says=Some("The server could not be reached.".to_owned())/>
            <TextArea label="Description" name="description" value="Words."/>
            <Select label="Gallery" name="gallery" options=options chosen="b".to_owned()/>
            <Checkbox label="Public" name="isPublic" checked=true/>
        </Section>
    }
}

#[component]
pub fn Words() -> impl IntoView {
    view! {
        <Section title="States">
            <Notice says=Some("This name is taken. Choose another.".to_owned())/>
            <Done says="It hangs in the gallery now."/>
            <EmptyState says="No picture hangs here yet.">
                <ButtonLink href="#">"Add pictures"</ButtonLink>
            </EmptyState>
            <Pagination path="/" page=3 total_pages=9/>
        </Section>
    }
}

/// The dialog stands in its place here, and not over the others. The toast lies at the bottom of the window until an
/// island says something else there.
#[component]
pub fn Overlays() -> impl IntoView {
    view! {
        <Section title="Dialog and toast">
            <Dialog id="dialog" title="Dialog, open" attr:open=true attr:style="position: static">
                <TextField label="Name" name="name" id=Some("dialog-name".to_owned())/>
                <div class="flex flex-wrap gap-3">
                    <Button>"Primary"</Button>
                    <Button kind=Kind::Quiet submits=false attr:data-close="">
                        "Cancel"
                    </Button>
                </div>
            </Dialog>
            <Toast says=Some("Toast, shown.".to_owned())/>
        </Section>
    }
}

#[component]
pub fn Cards() -> impl IntoView {
    view! {
        <Section title="Gallery cards">
            <GalleryCards>
                <GalleryCard card=canned::gallery("Light on stone · 石上的光", 3)/>
                <GalleryCard card=canned::gallery("A gallery whose name is far longer than any card is wide", 1)/>
                <GalleryCard card=canned::gallery("Empty", 0)/>
            </GalleryCards>
        </Section>
    }
}

/// A picture alone; those side by side are below.
#[component]
pub fn Pictures() -> impl IntoView {
    let small = Thumb { width: 320, height: 240, ..canned::thumb(13) };
    view! {
        <Section title="Pictures, large and small">
            <FittedPicture thumb=canned::thumb(12)/>
            <FittedPicture thumb=small/>
        </Section>
    }
}
