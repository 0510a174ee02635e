import { like } from '../../library.js';

export const prerender = false;

export async function POST({ request }) {
  const { id, liked } = await request.json();
  return Response.json(like(id, liked));
}
