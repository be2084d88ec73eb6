// The page without a server: its files are kept by a service worker, and a newer page is offered, never forced.

/** Once the page has nothing better to do. */
const LATER_MS = 1500;
/** What a browser may take to change workers; after that the planner can ask again. */
const AGAIN_MS = 5000;

export class Offline {
  /** A newer page has been fetched and waits. */
  waiting = $state.raw<ServiceWorker | null>(null);
  /** The newer page was asked for and is on its way. */
  coming = $state(false);

  /** Registers the worker; what cannot be kept is fetched as ever. */
  start(): void {
    // From disk, over plain http to another machine, and while the page is being written there is nothing to keep.
    if (!import.meta.env.PROD || !window.isSecureContext || !/^https?:$/.test(window.location.protocol) || !("serviceWorker" in navigator)) return;
    // The first worker of a machine takes nobody's place; a later one brings other files than this page was made of.
    let first = navigator.serviceWorker.controller === null;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (!first) window.location.reload();
      first = false;
    });
    setTimeout(() => void this.#register(), LATER_MS);
  }

  async #register(): Promise<void> {
    const { serviceWorker } = navigator;
    try {
      const registration = await serviceWorker.register("./sw.js");
      const offer = (worker: ServiceWorker | null): void => {
        if (worker && serviceWorker.controller && registration.waiting === worker) this.waiting = worker;
      };
      const follow = (worker: ServiceWorker | null): void => worker?.addEventListener("statechange", () => offer(worker));
      offer(registration.waiting);
      // The browser looks for a newer one by itself as well, and may be fetching it already.
      follow(registration.installing);
      registration.addEventListener("updatefound", () => follow(registration.installing));
    } catch {
      // A browser that keeps nothing still shows the page.
    }
  }

  /** The newer page takes this one's place, in every tab. */
  update(): void {
    if (this.coming || !this.waiting) return;
    this.coming = true;
    this.waiting.postMessage("now");
    setTimeout(() => (this.coming = false), AGAIN_MS);
  }
}
