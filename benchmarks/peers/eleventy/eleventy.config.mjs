const HOME = 50;
const newest = (a, b) => b.date - a.date;

export default function (config) {
  const stories = (api) => api.getFilteredByGlob("content/**/*.md").sort(newest);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("homes", (api) => {
    const all = stories(api);
    return ["ar", "en"].map((lang) => ({ lang, stories: all.filter((one) => one.data.lang === lang).slice(0, HOME) }));
  });
  config.addCollection("lists", (api) => {
    const lists = {};
    for (const one of stories(api)) {
      const { lang, topics, topicname } = one.data;
      (lists[`${lang}/${topics}`] ??= { lang, topic: topics, name: topicname, stories: [] }).stories.push(one);
    }
    return Object.values(lists);
  });
  return { dir: { input: ".", includes: "_includes" }, htmlTemplateEngine: "njk", markdownTemplateEngine: false };
}
