// The page without a server: its files are kept by a service worker, and a newer page is offered, never forced.

/** Once the page has nothing better to do. */
const LATER_MS = 1500;

export class Offline {
  /** A newer page has been fetched and waits. */
  waiting = $state.raw<ServiceWorker | null>(null);
  #asked = false;

  /** Registers the worker; what cannot be kept is fetched as ever. */
  start(): void {
    // From disk, over plain http to another machine, and while the page is being written there is nothing to keep.
    if (!import.meta.env.PROD || !window.isSecureContext || !/^https?:$/.test(window.location.protocol) || !("serviceWorker" in navigator)) return;
    setTimeout(() => void this.#register(), LATER_MS);
  }

  async #register(): Promise<void> {
    const { serviceWorker } = navigator;
    try {
      const registration = await serviceWorker.register("./sw.js");
      // The first worker of a machine takes nobody's place.
      const offer = (worker: ServiceWorker | null): void => {
        if (worker && serviceWorker.controller && registration.waiting === worker) this.waiting = worker;
      };
      offer(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing;
        worker?.addEventListener("statechange", () => offer(worker));
      });
      serviceWorker.addEventListener("controllerchange", () => {
        if (this.waiting) window.location.reload();
      });
    } catch {
      // A browser that keeps nothing still shows the page.
    }
  }

  /** The newer page takes this one's place, in every tab. */
  update(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.waiting?.postMessage("now");
  }
}
