/** BOT-1: its name until an organization gives it another, and its handle. */
export const ASSISTANT = { name: "Vestibule", handle: "assistant" } as const;
