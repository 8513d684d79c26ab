export default {
  layout: "story.njk",
  permalink: (page) => `/${page.lang}/stories/${page.slug}/`,
};
