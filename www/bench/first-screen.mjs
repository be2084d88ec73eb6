// The README's picture: npm run screenshot, after npm run build, with LANDFALL_CHROMIUM set.
import { chromium } from "playwright-core";
import { preview } from "vite";

const server = await preview({ preview: { port: 4199, strictPort: true } });
const browser = await chromium.launch({ executablePath: process.env.LANDFALL_CHROMIUM });
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: "zh-CN" });
  await page.goto("http://127.0.0.1:4199/?lang=zh");
  await page.waitForSelector('[data-ready="fan"] svg');
  await page.waitForSelector(".lever input");
  await page.screenshot({ path: new URL("../first-screen.png", import.meta.url).pathname });
} finally {
  await browser.close();
  await server.close();
}
