//! Components, in their states.

use crate::canned;
use app::components::{
    Button, ButtonLink, Checkbox, Done, EmptyState, GalleryCard, GalleryCards, Glyph, Icon, Kind, Menu, MenuPlace,
    Notice, Pagination, Problem, Section, Select, TextArea, TextField,
};
use leptos::prelude::*;

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
