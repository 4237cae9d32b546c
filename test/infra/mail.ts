import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { MAIL_LIMITS } from "../../domain/mail-limits.ts";
import { synthesize } from "./synthesize.ts";
import { at, functionsByName, resourcesOf, variablesOf } from "./template.ts";

const DMARC = "v=DMARC1; p=quarantine; adkim=r; aspf=r";

/** The records that the stack writes: name and type, and what they say where a test can know it. */
function recordsOf(template: Template): readonly string[] {
  return resourcesOf(template, "AWS::Route53::RecordSet").map(({ properties }) => {
    const name = at(properties, "Name");
    return `${typeof name === "string" ? name : "(by SES)"} ${at(properties, "Type")}`;
  });
}

function dnsOutputsOf(template: Template): readonly unknown[] {
  return Object.values(template.findOutputs("*"))
    .map((output) => at(output, "Value"))
    .filter((value) => / (?:CNAME|MX|TXT) /.test(JSON.stringify(value)));
}

describe("the sender's domain", () => {
  const inZone = synthesize({ mailDomain: "mail.example.com", hostedZoneId: "Z0123456789" }).template;
  const byHand = synthesize({ mailDomain: "mail.example.com" }).template;

  test.each([
    ["with a hosted zone", inZone],
    ["without one", byHand],
  ])("%s: mails are signed with DKIM and return to a subdomain of it", (_name, template) => {
    template.hasResourceProperties("AWS::SES::EmailIdentity", {
      EmailIdentity: "mail.example.com",
      MailFromAttributes: {
        MailFromDomain: "bounce.mail.example.com",
        BehaviorOnMxFailure: "USE_DEFAULT_VALUE",
      },
    });
  });

  test("in a hosted zone DKIM, MAIL FROM with SPF, and DMARC are written by the stack", () => {
    expect(recordsOf(inZone).toSorted()).toEqual([
      "(by SES) CNAME",
      "(by SES) CNAME",
      "(by SES) CNAME",
      "_dmarc.mail.example.com. TXT",
      "bounce.mail.example.com. MX",
      "bounce.mail.example.com. TXT",
    ]);
    inZone.hasResourceProperties("AWS::Route53::RecordSet", {
      Name: "_dmarc.mail.example.com.",
      HostedZoneId: "Z0123456789",
      ResourceRecords: [`"${DMARC}"`],
    });
    inZone.hasResourceProperties("AWS::Route53::RecordSet", {
      Name: "bounce.mail.example.com.",
      Type: "TXT",
      ResourceRecords: ['"v=spf1 include:amazonses.com ~all"'],
    });
    expect(dnsOutputsOf(inZone)).toEqual([]);
  });

  test("elsewhere the stack says which records are still to be written, all of them", () => {
    expect(recordsOf(byHand)).toEqual([]);
    const texts = dnsOutputsOf(byHand).map((value) => JSON.stringify(value));
    expect(texts).toHaveLength(6);
    expect(texts.filter((text) => text.includes(" CNAME "))).toHaveLength(3);
    expect(
      texts.filter((text) => text.includes("bounce.mail.example.com MX 10 feedback-smtp.")),
    ).toHaveLength(1);
    expect(texts.filter((text) => text.includes("spf1 include:amazonses.com"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes(`_dmarc.mail.example.com TXT`))).toHaveLength(1);
  });

  test("a single address has no records at all", () => {
    const { template } = synthesize();
    expect(recordsOf(template)).toEqual([]);
    expect(dnsOutputsOf(template)).toEqual([]);
  });

  test("a hosted zone without its domain is refused", () => {
    expect(() => synthesize({ hostedZoneId: "Z0123456789" })).toThrow(/mailDomain/);
  });
});

describe("INV-13 limits of mails", () => {
  const limitsOf = (template: Template, name: string) =>
    Object.fromEntries(
      Object.entries(variablesOf(template, name)).filter(([variable]) => variable.startsWith("MAILS_PER_")),
    );
  const senders = ["invite", "share"];

  test("are the domain's unless a deployment says otherwise", () => {
    const { template } = synthesize();
    for (const name of senders) {
      expect(limitsOf(template, name), name).toEqual({
        MAILS_PER_SENDER_HOUR: String(MAIL_LIMITS.sender.limit),
        MAILS_PER_ORGANIZATION_DAY: String(MAIL_LIMITS.organization.limit),
        MAILS_PER_RECIPIENT_DAY: String(MAIL_LIMITS.recipient.limit),
      });
    }
  });

  test("are set, down to no mail at all, or taken away", () => {
    const { template } = synthesize({
      mailsPerSenderHour: "0",
      mailsPerOrganizationDay: "none",
      mailsPerRecipientDay: "25",
    });
    for (const name of senders) {
      expect(limitsOf(template, name), name).toEqual({
        MAILS_PER_SENDER_HOUR: "0",
        MAILS_PER_ORGANIZATION_DAY: "none",
        MAILS_PER_RECIPIENT_DAY: "25",
      });
    }
  });

  test("are known to those who send invitations, and to nobody else", () => {
    const { template } = synthesize();
    const knowing = [...functionsByName(template).keys()].filter(
      (name) => Object.keys(limitsOf(template, name)).length > 0,
    );
    expect(knowing.toSorted()).toEqual(senders);
  });

  test.each(["mailsPerSenderHour", "mailsPerOrganizationDay", "mailsPerRecipientDay"])(
    "%s is a number of mails or none; anything else is refused by name",
    (key) => {
      for (const value of ["many", "-1", "1.5"]) {
        expect(() => synthesize({ [key]: value })).toThrow(new RegExp(key));
      }
    },
  );
});
