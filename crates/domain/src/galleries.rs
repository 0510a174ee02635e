//! Galleries: reading, making, changing.

use crate::database::{Query, sql};
use crate::error::is_taken;
use crate::pictures::ThumbRow;
use crate::{
    Changed, Error, Library, Result, Topic, Viewer,
    clock::now,
    ids::{new_id, new_suffix},
};
use model::{CreatedGallery, Gallery, GalleryCard, GalleryDraft, GalleryId, GalleryList, GalleryPage, Hotlinks};

/// How many pictures a page of a gallery shows.
const PAGE: u64 = 60;

/// The most galleries a list answers at once.
const MOST: u64 = 100;

/// The most galleries of one member that a list shows. Galleries are made by hand, one by one: a member with more
/// reaches the others by their addresses.
const MOST_OWN: u64 = 500;

#[derive(sqlx::FromRow)]
pub(crate) struct GalleryRow {
    id: String,
    pub(crate) user_id: String,
    slug: String,
    name: String,
    description: String,
    is_public: bool,
    owner: String,
    pictures: i64,
    created_at: i64,
    updated_at: i64,
    hotlinks: Option<String>,
}

impl GalleryRow {
    /// The rule for galleries.
    fn is_visible(&self, viewer: &Viewer) -> bool {
        viewer.may_see(&self.user_id, self.is_public)
            || viewer.shared().galleries.iter().any(|opened| opened.as_str() == self.id)
    }

    fn gallery(self, viewer: &Viewer) -> Option<Gallery> {
        Some(Gallery {
            id: GalleryId::parse(&self.id)?,
            editable: viewer.may_change(&self.user_id),
            hotlinks: self.hotlinks.filter(|_| viewer.may_change(&self.user_id)),
            slug: self.slug,
            name: self.name,
            description: self.description,
            is_public: self.is_public,
            owner: self.owner,
            count: self.pictures.max(0) as u64,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// A statement that reads galleries: the columns of [`GalleryRow`], then what the caller adds.
///
/// The join that counts is crossed so that it runs from the gallery to its pictures, never through all pictures.
macro_rules! select_galleries {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT g.id, g.user_id, g.slug, g.name, g.description, g.is_public, u.username AS owner,
                    g.created_at, g.updated_at, g.hotlinks,
                    (SELECT count(*) FROM image_galleries ig CROSS JOIN images i ON i.id = ig.image_id
                     WHERE ig.gallery_id = g.id AND i.upload_status = 'completed') AS pictures
             FROM galleries g JOIN users u ON u.id = g.user_id ",
            $rest
        ))
    };
}

fn pages(count: u64, size: u64) -> u64 {
    count.div_ceil(size)
}

impl Library {
    /// Public galleries, the newest first. `page` counts from 1, `limit` is 1 to 100.
    pub async fn public_galleries(&self, page: u64, limit: u64) -> Result<GalleryList> {
        if page == 0 {
            return Err(Error::field("page", "Pages count from 1."));
        }
        if !(1..=MOST).contains(&limit) {
            return Err(Error::field("limit", "Ask for 1 to 100 galleries at once."));
        }
        let counting = sql!("SELECT count(*) FROM galleries WHERE is_public = 1");
        let count = self.kept_count("public galleries", &[Topic::Galleries], counting).await?;
        let (total_pages, before) = (pages(count, limit), (page - 1).saturating_mul(limit));
        if before >= count {
            return Ok(GalleryList { galleries: Vec::new(), total_pages });
        }
        // What stands before the page is passed over in the index alone.
        let query = select_galleries!(
            "WHERE g.id IN (SELECT id FROM galleries WHERE is_public = 1
                            ORDER BY created_at DESC, id DESC LIMIT ?1 OFFSET ?2)
             ORDER BY g.created_at DESC, g.id DESC"
        );
        let galleries = self.cards(&Viewer::visitor(), query.bind(limit).bind(before)).await?;
        Ok(GalleryList { galleries, total_pages })
    }

    /// The viewer's galleries, private ones too, in their order: the first 500.
    pub async fn own_galleries(&self, viewer: &Viewer) -> Result<Vec<GalleryCard>> {
        let member = viewer.signed_in()?;
        let query =
            select_galleries!("WHERE g.user_id = ?1 ORDER BY g.position, g.created_at DESC, g.id DESC LIMIT ?2")
                .bind(member.id.as_str())
                .bind(MOST_OWN);
        self.cards(viewer, query).await
    }

    async fn cards(&self, viewer: &Viewer, query: Query) -> Result<Vec<GalleryCard>> {
        let rows: Vec<GalleryRow> = self.0.database.all(query).await?;
        self.with_covers(rows.into_iter().filter_map(|row| row.gallery(viewer)).collect()).await
    }

    /// A page of a gallery, by its slug. `page` counts from 1; past the last one is [`Error::NotFound`].
    pub async fn gallery_page(&self, viewer: &Viewer, slug: &str, page: u64) -> Result<GalleryPage> {
        let row: Option<GalleryRow> = self.0.database.one(select_galleries!("WHERE g.slug = ?1").bind(slug)).await?;
        let row = row.filter(|row| row.is_visible(viewer)).ok_or(Error::NotFound)?;
        self.page_of(viewer, row, page).await
    }

    /// A page of a gallery, by its id; else as [`Library::gallery_page`].
    pub async fn gallery_page_by_id(&self, viewer: &Viewer, id: &GalleryId, page: u64) -> Result<GalleryPage> {
        let row = self.gallery_row(id).await?.filter(|row| row.is_visible(viewer)).ok_or(Error::NotFound)?;
        self.page_of(viewer, row, page).await
    }

    /// A page of a gallery that the viewer may change, by its id.
    pub async fn own_gallery(&self, viewer: &Viewer, id: &GalleryId, page: u64) -> Result<GalleryPage> {
        let row = self.changeable_gallery(viewer, id).await?;
        self.page_of(viewer, row, page).await
    }

    async fn page_of(&self, viewer: &Viewer, row: GalleryRow, page: u64) -> Result<GalleryPage> {
        let gallery = row.gallery(viewer).ok_or(Error::NotFound)?;
        let total_pages = pages(gallery.count, PAGE).max(1);
        if !(1..=total_pages).contains(&page) {
            return Err(Error::NotFound);
        }
        let rows: Vec<ThumbRow> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version
                     FROM image_galleries ig JOIN images i ON i.id = ig.image_id
                     WHERE ig.gallery_id = ?1 AND i.upload_status = 'completed'
                     ORDER BY ig.position, ig.image_id LIMIT ?2 OFFSET ?3"
                )
                .bind(gallery.id.as_str())
                .bind(PAGE)
                .bind((page - 1) * PAGE),
            )
            .await?;
        let pictures = rows.into_iter().filter_map(ThumbRow::thumb).collect();
        Ok(GalleryPage { gallery, pictures, page, total_pages })
    }

    async fn gallery_row(&self, id: &GalleryId) -> Result<Option<GalleryRow>> {
        self.0.database.one(select_galleries!("WHERE g.id = ?1").bind(id.as_str())).await
    }

    /// The row, if this viewer may change it: [`Error::NotFound`] if they may not even see it.
    pub(crate) async fn changeable_gallery(&self, viewer: &Viewer, id: &GalleryId) -> Result<GalleryRow> {
        viewer.signed_in()?;
        let row = self.gallery_row(id).await?.filter(|row| row.is_visible(viewer)).ok_or(Error::NotFound)?;
        match viewer.may_change(&row.user_id) {
            true => Ok(row),
            false => Err(Error::Forbidden("Only its owner may change this gallery.")),
        }
    }

    /// Makes a gallery. Its slug comes from its name, with a few characters more if that is taken.
    pub async fn create_gallery(&self, viewer: &Viewer, draft: GalleryDraft) -> Result<CreatedGallery> {
        self.insert_gallery(viewer.signed_in()?.id.as_str(), draft).await
    }

    /// A new gallery of an account's.
    pub(crate) async fn insert_gallery(&self, user: &str, draft: GalleryDraft) -> Result<CreatedGallery> {
        let id: GalleryId = new_id();
        let wanted = slug::slugify(draft.name.as_str());
        let wanted: String = if wanted.is_empty() { id.to_string() } else { wanted.chars().take(60).collect() };
        let mut slug = wanted.clone();
        loop {
            let made = self
                .0
                .database
                .write(
                    sql!(
                        "INSERT INTO galleries (id, user_id, slug, name, description, is_public, created_at, updated_at)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)"
                    )
                    .bind(id.as_str())
                    .bind(user)
                    .bind(slug.as_str())
                    .bind(draft.name.as_str())
                    .bind(draft.description.as_str())
                    .bind(draft.is_public)
                    .bind(now()),
                )
                .await;
            match made {
                Ok(_) => break,
                Err(error) if is_taken(&error, "galleries.slug") => slug = format!("{wanted}-{}", new_suffix()),
                Err(error) => return Err(error),
            }
        }
        self.changed(&[Changed::Gallery(id.clone())]).await;
        Ok(CreatedGallery { gallery_id: id, slug })
    }

    /// Changes name, description and visibility, and which other sites may show its pictures: `None` leaves that as it is,
    /// `Some(None)` leaves it to the site. The slug stays, so that links do.
    pub async fn update_gallery(
        &self,
        viewer: &Viewer,
        id: &GalleryId,
        draft: GalleryDraft,
        hotlinks: Option<Option<Hotlinks>>,
    ) -> Result<()> {
        self.changeable_gallery(viewer, id).await?;
        self.0
            .database
            .write(
                sql!(
                    "UPDATE galleries SET name = ?2, description = ?3, is_public = ?4, updated_at = ?5,
                                          hotlinks = iif(?6, ?7, hotlinks)
                     WHERE id = ?1"
                )
                .bind(id.as_str())
                .bind(draft.name.as_str())
                .bind(draft.description.as_str())
                .bind(draft.is_public)
                .bind(now())
                .bind(hotlinks.is_some())
                .bind(hotlinks.flatten().map(|rule| rule.text())),
            )
            .await?;
        self.changed(&[Changed::Gallery(id.clone())]).await;
        Ok(())
    }

    /// Deletes a gallery; its pictures stay in the library.
    pub async fn delete_gallery(&self, viewer: &Viewer, id: &GalleryId) -> Result<()> {
        self.changeable_gallery(viewer, id).await?;
        self.0.database.write(sql!("DELETE FROM galleries WHERE id = ?1").bind(id.as_str())).await?;
        self.changed(&[Changed::Gallery(id.clone())]).await;
        Ok(())
    }
}
