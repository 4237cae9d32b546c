/**
 * Followers that stand at the same place ask for the same thing: one call answers all who ask while it is under way.
 * Whoever stands elsewhere, or comes later, has a call of its own.
 */
export function shareCalls<Answer>(): (key: string, call: () => Promise<Answer>) => Promise<Answer> {
  const underWay = new Map<string, Promise<Answer>>();
  return (key, call) => {
    const known = underWay.get(key);
    if (known) return known;
    const answer = call().finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };
}
