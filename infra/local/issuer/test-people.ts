/** Nobody in particular: names for trying things out. `example.com` can never receive mail. */
export const testPeople = [
  { name: "Léa Martin", email: "lea.martin@example.com" },
  { name: "Jonas Weber", email: "jonas.weber@example.com" },
  { name: "Giulia Rossi", email: "giulia.rossi@example.com" },
  { name: "Ana Ruiz", email: "ana.ruiz@example.com" },
  { name: "Sam Taylor", email: "sam.taylor@example.com" },
] as const;
