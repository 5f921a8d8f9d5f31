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

test("the desk prints a paper code for an elder and withdraws it", async ({
  page,
  firstline,
}) => {
  test.skip(!firstline.real, "the mock server signs nothing");
  const keeper = await firstline.signIn("keeper");
  const gate = (await keeper.get("/api/v1/my/gates")).items[0];
  // The first home of the compound with somebody of 60 and above.
  const homeWithElder = async (
    parent = "",
  ): Promise<{ area_id: string; person_id: string } | null> => {
    const { items } = await keeper.get(
      `/api/v1/gates/${gate.gate_id}/places${parent && `?parent=${parent}`}`,
    );
    for (const place of items) {
      if (place.kind !== "household") {
        const found = await homeWithElder(place.area_id);
        if (found) return found;
        continue;
      }
      const people = (
        await keeper.get(
          `/api/v1/gates/${gate.gate_id}/people?household=${place.area_id}`,
        )
      ).items;
      const elder = people.find(
        (one: { age_band: string }) => one.age_band === "elder",
      );
      if (elder) return { area_id: place.area_id, person_id: elder.person_id };
    }
    return null;
  };
  const home = (await homeWithElder())!;
  const account = firstline.account("secretary");
  await page.goto(`/console/#/home/${home.area_id}`);
  await page.fill("[name=login]", account.login);
  await page.fill("[name=password]", account.password);
  await page.locator("form button[type=submit]").click();
  if (account.totp_secret) {
    await page.locator("[name=totp]").fill(firstline.totp(account));
    await page.locator("form button[type=submit]").click();
  }
  const member = page.locator(`[data-person="${home.person_id}"]`);
  await member.getByRole("button", { name: "签名码" }).click();
  await member.getByRole("button", { name: "发放纸质码" }).click();
  const paper = member.locator("[data-paper]");
  await expect(paper).toBeVisible();
  const file = join(
    mkdtempSync(join(tmpdir(), "firstline-paper-")),
    "paper.png",
  );
  await paper.locator("svg").screenshot({ path: file });
  const decoded = execFileSync(
    process.env.FIRSTLINE_BIN!,
    ["credential", "decode", "--png", file],
    { encoding: "utf8" },
  );
  const { qr } = JSON.parse(decoded);
  const pass = () =>
    keeper.command(`/api/v1/gates/${gate.gate_id}/passages`, {
      at: new Date().toISOString(),
      direction: "in",
      recognised_by: "personal_code",
      token: qr,
      temperature_tenths: 365,
      mask: "worn",
    });
  expect((await pass()).items[0].person_id).toBe(home.person_id);
  const row = member.locator("[data-code-kind=paper]").first();
  await row.getByRole("button", { name: "作废" }).click();
  await row.getByRole("button", { name: "作废" }).click();
  await expect(member.locator("[data-code-kind=paper]")).toHaveCount(0);
  await expect(pass()).rejects.toThrow(/code\.revoked|409/);
});
