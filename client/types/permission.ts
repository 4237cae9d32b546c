/** The answer to a question about a permission: which rule decides, and why, in a sentence. */
export type Verdict = { allowed: boolean; code: string; rule: string; reason: string };

export type Permission = Verdict & { action: string };

export type PermissionQuestion = { action: string; channelId?: string; userId?: string };
