"""Where everything lies: the folders and files of one site."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from site_src.errors import UsageError

PACKAGE = Path(__file__).parent
CONFIG = "site.toml"


class Places(Struct, frozen=True):
    """The paths of one site, all absolute. Builds write `out`, `cache`, `models` and, where `writable`, `content`."""

    root: Path
    config: Path
    content: Path
    articles: Path
    templates: tuple[Path, ...]
    """Folders of templates, the first that holds a template wins; the site's own need not be there."""
    out: Path
    cache: Path
    models: Path
    shared: Path
    """Where translations, names and pages come from: `content`, or the site's own where that is a bare folder."""
    writable: bool
    """Whether builds may write translations and the record: not beside articles given as a bare folder."""

    @property
    def names(self) -> Path:
        """People, places and organisations."""
        return self.shared / "names.toml"

    @property
    def translations(self) -> Path:
        """The translation memory, one PO file per story and language."""
        return self.shared / "translations"

    @property
    def record(self) -> Path:
        """What builds remember of each story."""
        return self.shared / "record.jsonl"

    @property
    def merges(self) -> Path:
        """The editor's word on which articles are copies."""
        return self.shared / "merge.toml"

    @property
    def spare(self) -> Path:
        """The site that `out` held before the one it holds, on which the next build builds."""
        return self.cache / f"{self.out.name}.before"

    @property
    def pages(self) -> Path:
        """The site's own pages, in Markdown."""
        return self.shared / "pages"

    @property
    def notes(self) -> Path:
        """An analyst's remarks on stories, in Markdown."""
        return self.shared / "notes"


def find_places(config: str, content: str = "", out: str = "", cache: str = "") -> Places:
    """The places of the site whose `site.toml` is `config`, with those given on the command line in their stead.

    Raises `UsageError` for a file or folder that is named but not there.
    """
    settings_file = _config(config)
    root = settings_file.parent
    given = _folder(content) if content else root / "content"
    if cache and Path(cache).is_file():
        raise UsageError(f"{cache}: is a file; --cache names a folder, which need not be there yet.")
    shaped = not content or (given / "articles").is_dir()
    return Places(
        root=root,
        config=settings_file,
        content=given,
        articles=given / "articles" if shaped else given,
        templates=_templates(root),
        out=Path(out).absolute() if out else root / "_site",
        cache=Path(cache).absolute() if cache else root / ".cache",
        models=root / "models",
        shared=given if shaped else root / "content",
        writable=shaped,
    )


def _config(given: str) -> Path:
    if given:
        path = Path(given).absolute()
        if path.is_dir():
            raise UsageError(f"{given}: is a folder; --config names the file, such as {path / CONFIG}.")
        if not path.is_file():
            raise UsageError(f"{given}: there is no such file; --config names the site.toml of a site.")
        return path
    for folder in (Path.cwd(), PACKAGE.parent):
        if (folder / CONFIG).is_file():
            return folder / CONFIG
    raise UsageError(f"There is no {CONFIG} here. Go to the folder of a site, or name its {CONFIG} with --config.")


def _folder(given: str) -> Path:
    path = Path(given).absolute()
    if not path.is_dir():
        raise UsageError(f"{given}: there is no such folder.")
    return path


def _templates(root: Path) -> tuple[Path, ...]:
    """The site's own templates, which may be made any time, over those of the package."""
    return tuple(dict.fromkeys([root / "templates", *shipped_templates()]))


def shipped_templates() -> list[Path]:
    """The folders of the package's own templates."""
    return [folder for folder in (PACKAGE / "_templates", PACKAGE.parent / "templates") if folder.is_dir()]
