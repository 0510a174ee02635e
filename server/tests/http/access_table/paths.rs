//! The table of everything that is read by GET.
//!
//! A row is an address, with what of it is meant after a `#`; `{…}` stands for a name of the thing. Letters are as in
//! the table of methods, but `s`: sent to sign in, `r`: sent on, `k`: told that it has it already, `b`: 400, `m`: 405.

use super::{
    things::{Kind, Thing},
    world::{Answer, World},
};

pub const PATHS: &str = "
                                        anyone member owner admin without with suspended left holder friend
/                                       o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/#og                                    o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/about                                  o      o      o     o     o       o    o         o    o      o
/account                                ss     --     o-    --    ss      ff   ss        ss   ss     --
/account/export                         ssss   o---   ooo-  ooo-  ffff    ffff ssss      ssss ssss   o-o-
/admin                                  nn     nn     nn    o-    nn      nn   nn        nn   nn     nn
/api/rpc                                m      m      m     m     m       m    m         m    m      m
/api/upload                             m      m      m     m     m       m    m         m    m      m
/api/bucket-events                      m      m      m     m     m       m    m         m    m      m
/api/rpc/image.getMetadata?imageId={picture} mmmm mmmm mmmm mmmm  mmmm    mmmm mmmm      mmmm mmmm   mmmm
/dashboard                              ssss   ----   ooo-  ----  ssss    ooo- ssss      ssss ssss   ----
/dashboard/galleries/{gallery}          ssss   fnnn   ooon  ooon  ssss    ooon ssss      ssss ssss   fnfn
/developers                             o      o      o     o     o       o    o         o    o      o
/embed                                  o      o      o     o     o       o    o         o    o      o
/favourites                             ssss   o---   ooo-  ooo-  ssss    ooo- ssss      ssss ssss   o-o-
/feed.xml                               o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/feed.json                              o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/gallery/{slug}                         onnn   onnn   ooon  ooon  onnn    ooon onnn      onnn onon   onon
/gallery/{slug}#og                      onnn   onnn   o--n  o--n  onnn    o--n onnn      onnn on-n   on-n
/gallery/{slug}/feed.xml                onnn   onnn   onnn  onnn  onnn    onnn onnn      onnn onnn   onnn
/gallery/{slug}/feed.json               onnn   onnn   onnn  onnn  onnn    onnn onnn      onnn onnn   onnn
/health                                 o      o      o     o     o       o    o         o    o      o
/i/{short}                              rnnn   rnnn   rrrn  rrrn  rnnn    rrrn rnnn      rnnn rnrn   rnrn
/i/{short}.jpg                          rnnn   rnnn   rrrn  rrrn  rnnn    rrrn rnnn      rnnn rnrn   rnrn
/images/original/{picture}              onnn   onnn   ooon  ooon  onnn    ooon onnn      onnn onon   onon
/images/original/{picture}#known        knnn   knnn   kkkn  kkkn  knnn    kkkn knnn      knnn knkn   knkn
/images/view/{picture}/width=320        onnn   onnn   ooon  ooon  onnn    ooon onnn      onnn onon   onon
/images/view/{picture}/width=320#known  knnn   knnn   kkkn  kkkn  knnn    kkkn knnn      knnn knkn   knkn
/images/view/{picture}/width=320,v=1    onnn   onnn   ooon  ooon  onnn    ooon onnn      onnn onon   onon
/images/view/{picture}/preset=icon      onnn   onnn   ooon  ooon  onnn    ooon onnn      onnn onon   onon
/images/view/{picture}/width=321        bbbb   bbbb   bbbb  bbbb  bbbb    bbbb bbbb      bbbb bbbb   bbbb
/images/view/{picture}/width=321,s=AAAA ffff   ffff   ffff  ffff  ffff    ffff ffff      ffff ffff   ffff
/login                                  o      o      o     o     o       o    o         o    o      o
/nowhere                                n      n      n     n     n       n    n         n    n      n
/oembed?url={site}/photos/{picture}     onnn   onnn   onnn  onnn  onnn    onnn onnn      onnn onnn   onnn
/photos/{picture}                       onnn   onnn   ooon  ooon  onnn    ooon onnn      onnn onon   onon
/photos/{picture}#og                    onnn   onnn   o--n  o--n  onnn    o--n onnn      onnn on-n   on-n
/photos/{picture}/links                 onnn   onnn   ooon  ooon  onnn    ooon onnn      onnn onon   onon
/random?gallery={slug}&w=320            onnn   onnn   onnn  onnn  onnn    onnn onnn      onnn onnn   onnn
/random?tag={word}&json=1               onnn   onnn   onnn  onnn  onnn    onnn onnn      onnn onnn   onnn
/random/count?gallery={slug}            o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/random/landscape?tag={word}&redirect=1 rnnn   rnnn   rnnn  rnnn  rnnn    rnnn rnnn      rnnn rnnn   rnnn
/register                               o      o      o     o     o       o    o         o    o      o
/robots.txt                             o      o      o     o     o       o    o         o    o      o
/sitemap.xml                            o      o      o     o     o       o    o         o    o      o
/sitemap/galleries.xml                  o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/sitemap/0.xml                          o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/s/{link}                               rn     rn     rn    rn    rn      rn   rn        rn   rn     rn
/s/{locked}                             on     on     on    on    on      on   on        on   on     on
/search                                 o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/search?q={word}                        o---   o---   ooo-  ooo-  o---    ooo- o---      o--- o---   o---
/setup                                  o      o      o     o     o       o    o         o    o      o
/tags/{word}                            onnn   onnn   ooon  ooon  onnn    ooon onnn      onnn onnn   onnn
/tags/{word}/feed.xml                   onnn   onnn   onnn  onnn  onnn    onnn onnn      onnn onnn   onnn
/tags/{word}/feed.json                  onnn   onnn   onnn  onnn  onnn    onnn onnn      onnn onnn   onnn
/upload                                 ssss   ----   ooo-  ----  ssss    ooo- ssss      ssss ssss   ----
/upload?gallery={gallery}               ssss   oooo   oooo  oooo  ssss    oooo ssss      ssss ssss   oooo
/users/ann/feed.xml                     o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
/users/ann/feed.json                    o---   o---   o---  o---  o---    o--- o---      o--- o---   o---
original                                of     of     of    of    of      of   of        of   of     of
original#unsigned                       nnnn   nnnn   nnnn  nnnn  nnnn    nnnn nnnn      nnnn nnnn   nnnn
original#altered                        ffff   ffff   ffff  ffff  ffff    ffff ffff      ffff ffff   ffff
original#borrowed                       ff     ff     ff    ff    ff      ff   ff        ff   ff     ff
/tuku                                   n      n      n     n     n       n    n         n    n      n
/tuku/                                  n      n      n     n     n       n    n         n    n      n
/tuku?list-type=2                       n      n      n     n     n       n    n         n    n      n
/tuku/?prefix=originals/                n      n      n     n     n       n    n         n    n      n
/tuku?X-Amz-Algorithm=AWS4-HMAC-SHA256  f      f      f     f     b       b    f         f    f      f
";

/// What a row is about, without what of it is meant.
pub fn path(row: &str) -> &str {
    row.split(['#', '?']).next().unwrap_or(row)
}

/// The address that is asked for.
pub fn address(row: &str, kind: Kind, world: &World) -> String {
    let thing = world.thing(kind);
    let (unsigned, signature) = thing.original.split_once('?').unwrap_or_default();
    match row {
        "original" => thing.original.clone(),
        "original#unsigned" => unsigned.to_owned(),
        "original#altered" => format!("{unsigned}?{}", altered(signature)),
        "original#borrowed" => {
            let (_, signature) = world.thing(Kind::Public).original.split_once('?').unwrap_or_default();
            format!("{unsigned}?{signature}")
        }
        _ => {
            let address = row.split('#').next().unwrap_or(row);
            let address = address.replace("{picture}", &thing.picture).replace("{gallery}", &thing.gallery);
            let address = address.replace("{site}", &world.site.url);
            let address = address
                .replace("{short}", &thing.short)
                .replace("{link}", &thing.link)
                .replace("{locked}", &thing.locked);
            address.replace("{slug}", thing.word).replace("{word}", thing.word)
        }
    }
}

/// A presigned address's query with another first digit of the signature.
fn altered(query: &str) -> String {
    let (before, after) = query.split_once("X-Amz-Signature=").unwrap();
    let digit = if after.starts_with('0') { '1' } else { '0' };
    format!("{before}X-Amz-Signature={digit}{}", &after[1..])
}

/// Whether a page shows a thing, where it may well be without.
fn shows(row: &str, page: &str, thing: &Thing) -> bool {
    match row {
        "/" => page.contains(&format!("/gallery/{}\"", thing.word)),
        "/account" => page.contains(&thing.session),
        "/admin" => page.contains(&thing.user),
        "/account/export" | "/dashboard" | "/favourites" | "/search?q={word}" | "/sitemap/0.xml" => {
            page.contains(&thing.picture)
        }
        _ if row.contains("/feed.") => page.contains(&thing.picture),
        "/random/count?gallery={slug}" => page != "0",
        "/search" | "/sitemap/galleries.xml" => page.contains(thing.word),
        "/upload" => page.contains(&thing.gallery),
        _ if row.ends_with("#og") => previews(page).any(|tag| tag.contains(&thing.picture) || tag.contains(thing.word)),
        _ => true,
    }
}

/// The tags that link previews are made of (the Open Graph protocol).
fn previews(page: &str) -> impl Iterator<Item = &str> {
    let tags = page.split("<meta ").skip(1).filter_map(|tag| tag.split('>').next());
    tags.filter(|tag| tag.contains("\"og:") || tag.contains("\"twitter:"))
}

/// A cell's letter for an answer.
pub fn letter(row: &str, answer: &Answer, thing: &Thing) -> char {
    match answer.status {
        200 if shows(row, &answer.body, thing) => 'o',
        200 => '-',
        303 if answer.header("location").is_some_and(|place| place.starts_with("/login?")) => 's',
        302 | 303 => 'r',
        304 => 'k',
        400 => 'b',
        403 => 'f',
        404 => 'n',
        405 => 'm',
        _ => '?',
    }
}
