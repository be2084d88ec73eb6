// Keeps the built page, so that it opens without a server. The build puts in its files and a name for them.
// A new page is fetched beside the old one, and takes its place when the planner says so or has closed every tab: an open
// page never finds its own files gone.
const VERSION = "__VERSION__";
const FILES = __FILES__;
const CACHE = `landfall-${VERSION}`;
const HOME = new URL("./", self.location.href).href;
const KEPT = new Set(FILES.map((file) => new URL(file, HOME).href));

/** What an earlier page had under the same name it still is: names have a hash of what is in them. */
async function kept(url) {
  return /\/assets\//.test(url) ? caches.match(url) : undefined;
}

async function fill() {
  const cache = await caches.open(CACHE);
  for (const file of FILES) {
    const url = new URL(file, HOME).href;
    const answer = (await kept(url)) ?? (await fetch(url, { cache: "no-cache" }));
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    await cache.put(url, answer);
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill()));

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("landfall-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "now") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(HOME)) return;
  const wanted = request.mode === "navigate" ? HOME : request.url.replace(/[?#].*$/, "");
  // What is not kept is the browser's own affair: while an answer is owed through here, no newer page can take over.
  if (!KEPT.has(wanted)) return;
  event.respondWith((async () => (await (await caches.open(CACHE)).match(wanted)) ?? fetch(request))());
});
