"""Whether all the times that a sentence states were long over when its article was published."""

from __future__ import annotations

from collections.abc import Iterable

from site_src.brief.summary.stems import latest_year
from site_src.model.brief import Figure
from site_src.model.page import Article
from site_src.tables import table
from site_src.text.patterns import late

_MONTHS = 12
_YEAR_AND_MONTH = late(r"(\d{4})-(\d\d)")


class Ages:
    """The dates of an article beside the day on which it was published, or updated; without that nothing is past."""

    def __init__(self, article: Article, figures: Iterable[Figure]) -> None:
        days = (article.published.value, article.updated.value)
        self._year, month = next(((day.year, day.month) for day in days if day and day.year), (0, None))
        self._last_month = self._year * _MONTHS + month - table("summary")["limits"]["past"] if month else 0
        """The last month that is past, counted from the year 0; 0 where no month of publication is known."""
        self._dates: dict[int, list[tuple[int, int, int]]] = {}
        """Paragraph -> (start, year, month counted from the year 0) of its dates that name a month."""
        for figure in figures if self._last_month else ():
            if figure.kind == "date" and (stated := _YEAR_AND_MONTH.match(figure.low)):
                year, month = map(int, stated.groups())
                self._dates.setdefault(figure.paragraph, []).append((figure.start, year, year * _MONTHS + month))

    def is_past(self, paragraph: int, start: int, end: int, words: Iterable[str]) -> bool:
        """Whether all the years that the sentence at `start` to `end` states are past; `words` are its words.

        The year of publication and the one before it are past only where the sentence names a month of it that is.
        """
        years = set(map(latest_year, words)) - {0} if self._year else set[int]()
        months: dict[int, int] = {}
        for place, year, month in self._dates.get(paragraph, ()):
            if start <= place < end:
                months[year] = max(month, months.get(year, 0))
        return bool(years) and all(
            months[year] <= self._last_month if year in months else year < self._year - 1 for year in years
        )
