// What people put before a bucket to have a random picture in their pages: it lists the folder of a shape, chooses, and
// sends what it chose; for the host of counts it tells how many there are.
const FOLDER = 'ri/h/';

export default {
  async fetch(request, { BUCKET }) {
    const { objects } = await BUCKET.list({ prefix: FOLDER, limit: 1000 });
    if (new URL(request.url).pathname === '/count') {
      return new Response(String(objects.length), { headers: { 'access-control-allow-origin': '*' } });
    }
    if (objects.length === 0) return new Response('No images found', { status: 404 });
    const { key } = objects[Math.floor(Math.random() * objects.length)];
    const object = await BUCKET.get(key);
    if (!object) return new Response('No images found', { status: 404 });
    return new Response(object.body, {
      headers: { 'content-type': 'image/jpeg', 'cache-control': 'no-store', etag: object.httpEtag },
    });
  },
};
