import { mayAnswerMail } from "@vestibule/domain/mail-cards";
import { CHANNEL_TYPES } from "@vestibule/domain/vocabulary";
import { expect, test } from "vitest";

test.each(CHANNEL_TYPES)("MSG-14 a mail is answered one-to-one and nowhere else: %s", (channelType) => {
  const others = ["ann@example.com", "a@example.com"];
  const asked = (sender: string) => mayAnswerMail({ channelType, sender, others }).allowed;
  expect([asked("Ann@Example.com "), asked("a@example.com"), asked("bob@example.com")]).toEqual(
    channelType === "direct" ? [true, true, false] : [false, false, false],
  );
});
