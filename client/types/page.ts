export type Page<Item> = { items: Item[]; nextCursor: string | null };

export type PageQuery = { limit?: number; cursor?: string };
