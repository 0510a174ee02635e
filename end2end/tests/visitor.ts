// What people do on the site, as verbs. Works with scripts and without: forms are found by the method they call.

import { expect } from '@playwright/test';
import type { Locator, Page, Response } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { Person } from './account.ts';
import type { FileToUpload } from './pictures.ts';

/** Somebody in front of a browser. */
export class Visitor {
  constructor(
    readonly page: Page,
    /** Whether scripts run, so that islands have to be awake before they are used. */
    readonly scripted: boolean,
  ) {}

  /** The form that calls an RPC method. */
  form(method: string): Locator {
    return this.page.locator(`form:has(input[name="_method"][value="${method}"])`);
  }

  /** Touches an element, as a person would, and waits until the islands around it are alive. */
  async ready(element: Locator): Promise<Locator> {
    if (this.scripted) {
      await element.scrollIntoViewIfNeeded();
      await element.hover();
      await element.focus();
      await expect
        .poll(() => element.evaluate((node) => node.closest('leptos-island:not([data-hydrated])') === null), {
          message: 'the island around the element comes alive',
        })
        .toBe(true);
    }
    return element;
  }

  /** Fills the fields of a form by name, sends it, and waits until the server has answered. */
  async send(form: Locator, values: Record<string, string | boolean>): Promise<void> {
    const button = form.locator('button[type="submit"], button:not([type])').first();
    await this.ready(button);
    for (const [name, value] of Object.entries(values)) {
      const field = form.locator(`[name="${name}"]:not([type="hidden"])`);
      if (typeof value === 'boolean') {
        await field.setChecked(value);
      } else {
        await field.fill(value);
      }
    }
    const answer = this.page.waitForResponse((response) => response.request().method() === 'POST');
    await button.click();
    await answer;
  }

  /** Signs in on the page that asks for it. */
  async signIn({ email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
    await this.send(this.form('user.login'), { email, password });
  }

  /** Opens the sign-in page and signs in. */
  async comesAs(who: Person): Promise<void> {
    await this.page.goto('/login');
    await this.signIn(who);
    await this.expectSignedIn();
  }

  /** Fills in the registration form of the page that shows it. */
  async register({ username, email, password }: Person): Promise<void> {
    await this.send(this.form('user.register'), { username, email, password });
  }

  /** Opens the menu in the header. */
  async openMenu(): Promise<void> {
    await this.page.locator('header summary').click();
  }

  /** Signs out. */
  async signOut(): Promise<void> {
    await this.openMenu();
    const button = this.form('user.logout').getByRole('button');
    await this.ready(button);
    await button.click();
    await this.expectSignedOut();
  }

  /** The page offers signing out. */
  async expectSignedIn(): Promise<void> {
    await expect(this.form('user.logout'), 'signed in').toBeAttached();
  }

  /** The page offers signing in, and nothing of a member's. */
  async expectSignedOut(): Promise<void> {
    await expect(this.form('user.logout'), 'signed out').toHaveCount(0);
  }

  /** Makes a gallery on the dashboard and answers its id and slug. */
  async makeGallery(name: string, isPublic: boolean): Promise<{ galleryId: string; slug: string }> {
    await this.page.goto('/dashboard');
    await this.send(this.form('gallery.create'), { name, description: `About ${name}.`, isPublic });
    await this.page.goto('/dashboard');
    const editing = this.page.locator('main a[href^="/dashboard/galleries/"]').filter({ hasText: name });
    const galleryId = await address(editing, '/dashboard/galleries/');
    await this.page.goto(`/dashboard/galleries/${galleryId}`);
    const slug = await address(this.page.locator('main a[href^="/gallery/"]'), '/gallery/');
    return { galleryId, slug };
  }

  /** Chooses files on the upload page. */
  async choose(files: FileToUpload[]): Promise<void> {
    const input = this.page.locator('input[type="file"]');
    if (this.scripted) {
      await expect(this.page.locator('leptos-island:has(input[type="file"])').last()).toHaveAttribute('data-hydrated');
    }
    await input.setInputFiles(files);
  }

  /** The row of a file on the upload page. */
  row(file: FileToUpload): Locator {
    return this.page.getByRole('listitem').filter({ hasText: file.name });
  }

  /** Uploads files into a gallery. Without a script they go together, and the answer is there when this returns. */
  async upload(galleryId: string, files: FileToUpload[]): Promise<void> {
    await this.page.goto(`/upload?gallery=${galleryId}`);
    await this.choose(files);
    if (!this.scripted) {
      await this.send(this.page.locator('form[enctype="multipart/form-data"]'), {});
    }
  }

  /** The row of a file on the upload page says that it is a picture now. */
  async expectAdded(file: FileToUpload): Promise<void> {
    await expect(this.row(file), file.name).toContainText('Added', { timeout: 30_000 });
  }

  /** The dashboard says why a file was refused. */
  async expectRefused(file: FileToUpload, why: string): Promise<void> {
    await this.page.goto('/dashboard');
    const row = this.page.locator('#pictures').getByRole('listitem').filter({ hasText: file.name });
    await expect(row).toContainText('Refused');
    await expect(row).toContainText(why);
  }

  /** The address of an own picture's page, found on the dashboard by the picture's title or its file's name. */
  async photo(name: string): Promise<string> {
    await this.page.goto('/dashboard');
    const links = this.page.locator('#pictures').getByRole('link', { name, exact: true });
    return `/photos/${await address(links, '/photos/')}`;
  }

  /** Opens a photo page and answers what came for the picture, once it is seen. For a window that is new. */
  async looksAt(photo: string): Promise<Response> {
    const [answer] = await Promise.all([
      this.page.waitForResponse((answer) => new URL(answer.url()).pathname.startsWith('/images/view/')),
      this.page.goto(photo),
    ]);
    await shape(this.picture);
    return answer;
  }

  /** The button on a photo page that folds a menu out. */
  menu(name: string): Locator {
    return this.page.locator('main summary').filter({ hasText: name });
  }

  /** The link on a photo page to the picture's file, folded away at first. */
  get downloadLink(): Locator {
    return this.page.locator('main a[href^="/images/original/"]');
  }

  /** Downloads the file from the photo page that is open, or what else this link of the menu leads to. */
  async download(link = this.downloadLink): Promise<{ name: string; bytes: Buffer }> {
    if (!(await link.isVisible())) {
      await this.menu('Download').click();
    }
    const [file] = await Promise.all([this.page.waitForEvent('download'), link.click()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  /** Sends the sign-in form of the dialog, which is open, and waits until the page is a member's. */
  async signInHere(who: Pick<Person, 'email' | 'password'>): Promise<void> {
    await expect(this.page.getByRole('dialog', { name: 'Sign in' })).toBeVisible();
    await this.signIn(who);
    await this.expectSignedIn();
  }

  /** A sentence that is said in passing. */
  async expectSaid(sentence: string): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: sentence })).toBeVisible();
  }

  /** A comment on the photo page that is open. */
  comment(words: string): Locator {
    return this.page.locator('#comments li').filter({ hasText: words });
  }

  /** Chooses on the account page what others may download, in the page's words. */
  async letsOthersDownload(what: string): Promise<void> {
    await this.page.goto('/account');
    const form = this.form('user.update');
    await form.getByLabel('Others may download').selectOption({ label: what });
    await this.send(form, {});
    await expect(this.page.locator('#profile').getByRole('status')).toContainText('saved');
    await expect(form.getByLabel('Others may download').locator('option:checked')).toHaveText(what);
  }

  /** The control that likes the picture shown. */
  get like(): Locator {
    return this.page.getByRole('button', { name: /like/i }).or(this.page.getByRole('link', { name: /like/i })).first();
  }

  /** How many like the picture, and whether the one who looks does. */
  async expectLikes(likes: number, liked: boolean): Promise<void> {
    await expect(this.page.locator('[data-shows=likes]')).toHaveText(String(likes));
    await expect(this.form('image.like').getByRole('button')).toHaveAttribute('aria-pressed', String(liked));
  }

  /** The picture that a photo page is about. */
  get picture(): Locator {
    return this.page.locator('main img[src^="/images/view/"]').first();
  }
}

/** What follows `prefix` in the address of the first of these links. */
async function address(links: Locator, prefix: string): Promise<string> {
  const href = await links.first().getAttribute('href');
  const [rest] = (href ?? '').slice(prefix.length).split(/[?#/]/);
  if (!rest) {
    throw new Error(`This link does not go on after ${prefix}: ${href}`);
  }
  return rest;
}

/** What an image element says of itself, and what its bytes are. */
export interface Shape {
  /** The attributes. */
  width: number;
  height: number;
  /** Height divided by width, of the bytes that came. */
  upright: number;
}

/** Waits until a picture has its bytes; scrolls to it, so that a lazy one begins. */
export async function shape(picture: Locator): Promise<Shape> {
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  return picture.evaluate((node) => {
    const img = node as HTMLImageElement;
    const said = (name: string) => Number(img.getAttribute(name));
    return { width: said('width'), height: said('height'), upright: img.naturalHeight / img.naturalWidth };
  });
}

/** The gallery page shows the three pictures of the story, each in its own shape. */
export async function expectThreeShapes(page: Page): Promise<void> {
  const pictures = page.locator('main a[href^="/photos/"] img[src^="/images/view/"]');
  await expect(pictures).toHaveCount(3);
  // As attributes, before any byte has come: so the page does not move.
  const shapes = { landscape: [1200, 800], portrait: [800, 1200], square: [700, 700] };
  for (const [alt, [width = 0, height = 0]] of Object.entries(shapes)) {
    const seen = await shape(pictures.and(page.getByAltText(alt, { exact: true })));
    expect(seen, alt).toMatchObject({ width, height });
    expect(seen.upright, `the bytes of ${alt}`).toBeCloseTo(height / width, 1);
  }
}

/** Likes a picture in a tab while another tab of the same browser shows it and sleeps. */
export async function likedBesideASleepingTab(page: Page, photo: string): Promise<{ here: Visitor; sleeping: Visitor }> {
  const sleeping = new Visitor(await page.context().newPage(), true);
  await sleeping.page.goto(photo);
  const here = new Visitor(page, true);
  await page.goto(photo);
  await here.like.click();
  await here.expectLikes(1, true);
  await sleeping.expectLikes(0, false);
  return { here, sleeping };
}
