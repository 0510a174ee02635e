//! The workbench: components and islands in their states, in the browser alone. `trunk serve` opens it.
//!
//! There is no server behind it: pictures stay in their placeholder colours, and what is sent is not answered.

mod canned;

use app::{
    components::{
        ActionRow, Button, ButtonLink, Checkbox, EmptyState, Frame, GalleryCard, GalleryCards, Glyph, Icon, Kind,
        Notice, Pagination, PhotoGrid, Section, Select, SiteFooter, SiteHeader, TextArea, TextField,
    },
    islands::{Comments, PhotoActionBar, Uploader},
};
use leptos::prelude::*;

fn main() {
    leptos::mount::mount_to_body(Workbench);
}

/// Everything, one below the other.
#[component]
fn Workbench() -> impl IntoView {
    view! {
        <SiteHeader title="Workbench" member=Some("林 Lin".to_owned()) path="/".to_owned()/>
        <main>
            <Frame>
                <Buttons/>
                <Fields/>
                <Section title="States">
                    <Notice says=Some("This name is taken. Choose another.".to_owned())/>
                    <EmptyState says="No picture hangs here yet.">
                        <ButtonLink href="#">"Add pictures"</ButtonLink>
                    </EmptyState>
                    <Pagination path="/" page=3 total_pages=9/>
                </Section>
                <Section title="Gallery cards">
                    <GalleryCards>
                        <GalleryCard card=canned::gallery("Light on stone · 石上的光", 3)/>
                        <GalleryCard card=canned::gallery("A gallery whose name is far longer than any card is wide", 1)/>
                        <GalleryCard card=canned::gallery("Empty", 0)/>
                    </GalleryCards>
                </Section>
                <Section title="PhotoActionBar, signed in">
                    <ActionRow>
                        <PhotoActionBar
                            image_id=canned::picture(0).id
                            likes=1234
                            liked=true
                            comments=3
                            signed_in=true
                            path="/".to_owned()
                        />
                    </ActionRow>
                </Section>
                <Section title="PhotoActionBar, signed out">
                    <ActionRow>
                        <PhotoActionBar
                            image_id=canned::picture(1).id
                            likes=0
                            liked=false
                            comments=0
                            signed_in=false
                            path="/".to_owned()
                        />
                    </ActionRow>
                </Section>
                <Comments
                    image_id=canned::picture(0).id
                    initial=canned::comments()
                    total=60
                    later=false
                    signed_in=true
                    open=true
                    path="/".to_owned()
                    problem=Some("A comment has at most 2,000 characters.".to_owned())
                    typed="What was typed stays.".to_owned()
                    refused=None
                />
                <Section title="Uploader">
                    <Uploader
                        galleries=vec![(canned::gallery("Winter", 0).gallery.id, "Winter".to_owned())]
                        chosen=None
                        left=50_000_000
                        largest_file=20_000_000
                        problem=None
                    />
                </Section>
            </Frame>
            <PhotoGrid pictures=(0..9).map(canned::picture).collect()/>
        </main>
        <SiteFooter/>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    view! {
        <Section title="Buttons">
            <div class="flex flex-wrap gap-4">
                <Button>"Primary"</Button>
                <Button kind=Kind::Quiet>"Quiet"</Button>
                <Button kind=Kind::Danger>"Danger"</Button>
                <Button>
                    <Icon glyph=Glyph::Upload/>
                    "With an icon"
                </Button>
                <Button attr:disabled=true>"Disabled"</Button>
            </div>
        </Section>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let options = vec![("a".to_owned(), "Winter sea".to_owned()), ("b".to_owned(), "冬海".to_owned())];
    view! {
        <Section title="Fields">
            <TextField label="E-mail" name="email" kind="email" value="lin@example.com"/>
            <TextField label="Name" name="username" value="a b" error=Some("Choose a name without spaces.".to_owned())/>
            <TextArea label="Description" name="description" value="Words."/>
            <Select label="Gallery" name="gallery" options=options chosen="b".to_owned()/>
            <Checkbox label="Public" name="isPublic" checked=true/>
        </Section>
    }
}
