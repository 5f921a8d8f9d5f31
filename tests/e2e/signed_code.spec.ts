// The signed code on a resident's phone, read off its screen as a camera would: good at the gate, and worth nothing as
// a picture.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, type Firstline, test } from "./fixtures";

async function openCode(page: Page, firstline: Firstline): Promise<void> {
  const account = firstline.account("resident");
  await page.goto("/resident/");
  await page.fill("[name=login]", account.login);
  await page.fill("[name=password]", account.password);
  await page.locator("form button[type=submit]").click();
  await page.getByRole("link", { name: "出示我的码" }).click();
  await expect(page.getByText("每十五秒重新签名")).toBeVisible();
}

async function readOff(page: Page): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), "firstline-code-")), "code.png");
  await page.locator("[data-code]").screenshot({ path: file });
  const decoded = execFileSync(
    process.env.FIRSTLINE_BIN!,
    ["credential", "decode", "--png", file],
    { encoding: "utf8" },
  );
  return JSON.parse(decoded).qr as string;
}

test("a phone shows a signed code that the gate takes, and a picture of it is refused", async ({
  page,
  firstline,
}) => {
  test.skip(!firstline.real, "the mock server signs nothing");
  const keeper = await firstline.signIn("keeper");
  const gate = (await keeper.get("/api/v1/my/gates")).items[0];
  const pass = (token: string) =>
    keeper.command(`/api/v1/gates/${gate.gate_id}/passages`, {
      at: new Date().toISOString(),
      direction: "in",
      recognised_by: "personal_code",
      token,
      temperature_tenths: 365,
      mask: "worn",
    });
  // A picture that was taken two minutes ago.
  await page.clock.setFixedTime(Date.now() - 120_000);
  await openCode(page, firstline);
  const picture = await readOff(page);
  expect(picture).toMatch(/^FL1:/);
  await expect(pass(picture)).rejects.toThrow(/code\.expired|409|410|412/);

  await page.clock.setFixedTime(Date.now());
  await page.reload();
  await expect(page.getByText("每十五秒重新签名")).toBeVisible();
  const token = await readOff(page);
  expect(token).not.toBe(picture);
  const resident = await firstline.signIn("resident");
  const me = (await resident.get("/api/v1/my/household")).people.find(
    (one: { is_me: boolean }) => one.is_me,
  );
  expect((await pass(token)).items[0].person_id).toBe(me.person_id);

  // The phone is lost: everything that it could show stops.
  await resident.command("/api/v1/my/phone-codes/end", { reason: "lost" });
  await expect(pass(await readOff(page))).rejects.toThrow(/code\.revoked|409/);
});

test("the two signed files are there for everybody", async ({
  firstline,
  request,
}) => {
  test.skip(!firstline.real, "the mock server signs nothing");
  const trust = await (
    await request.get(`${firstline.address}/api/v1/trust-list`)
  ).json();
  expect(trust.root).toMatch(/^[A-Za-z0-9+/]{87}=$/);
  const keeper = await firstline.signIn("keeper");
  const gate = (await keeper.get("/api/v1/my/gates")).items[0];
  const list = await (
    await request.get(
      `${firstline.address}/api/v1/communities/${gate.community_id}/revocations`,
    )
  ).json();
  expect(list.number).toBeGreaterThan(0);
});
