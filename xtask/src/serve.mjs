// Serves the built page until the input closes: the program that started this has then ended.
// Run in www/, so that `vite` is the page's own: node --input-type=module --eval … PORT open|quiet
import { preview } from "vite";

const [port, open] = process.argv.slice(-2);

// The page loads everything from its own folder, compiles wasm, and asks nothing of any other host.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const server = await preview({
  logLevel: "warn",
  preview: {
    host: "127.0.0.1",
    port: Number(port),
    strictPort: true,
    open: open === "open",
    headers: {
      "Content-Security-Policy": policy,
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
  },
});
process.stdin.resume().on("end", () => server.close().finally(() => process.exit(0)));
console.log(`ready ${server.resolvedUrls.local[0]}`);
