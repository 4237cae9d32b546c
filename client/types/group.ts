export type Group = {
  id: string;
  name: string;
  open: boolean;
  memberCount: number;
  channelIds: string[];
  createdAt: string;
  me: { member: boolean };
};

export type GroupMember = {
  userId: string;
  firstName: string;
  lastName: string;
  handle: string;
  email: string;
  joinedAt: string;
};
