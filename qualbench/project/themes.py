"""The theme board: themes and where they stand, quotes, starred extracts that wait, overlap, the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench import model
from qualbench.errors import BadDecision, StillBlind
from qualbench.model import Changes, Quote, QuoteUse, Star, Theme, ThemeField, ThemeState, Transcript
from qualbench.project.base import write_file
from qualbench.project.checklists import Checklists
from qualbench.steps import themes
from qualbench.store.queries import themes as board

if TYPE_CHECKING:
    from qualbench.steps.themes import Overlap, ThemeMap, Warned


class Themes(Checklists):
    """Codes gathered under themes, and what each theme says."""

    def themes(self) -> tuple[Theme, ...]:
        """The theme board: each theme before its sub-themes, in the order they were put."""
        return board.themes(self._db)

    def theme(self, name: str) -> Theme:
        """One theme, by name or id."""
        return themes.find(self.themes(), name)

    def past_themes(self) -> tuple[model.PastTheme, ...]:
        """The themes that were dropped, merged or split, with why."""
        return board.past_themes(self._db)

    def theme_steps(self) -> tuple[model.ThemeStep, ...]:
        """Every state that a theme was ever given, in order, with why."""
        return board.theme_steps(self._db)

    # --- themes ------------------------------------------------------------------------------------------------

    def create_theme(self, name: str, idea: str = "", under: Theme | None = None) -> Changes:
        """A new candidate theme, with what it says if that is known already, or a sub-theme."""
        return self._record(themes.create(name, self.themes(), idea, under))

    def rename_theme(self, theme: Theme, name: str) -> Changes:
        """The theme gets another name."""
        return self._record(themes.rename(theme, name, self.themes()))

    def describe_theme(self, theme: Theme, idea: str) -> Changes:
        """What the theme says."""
        return self._record(themes.describe(theme, idea))

    def write_theme(self, theme: Theme, field: ThemeField, words: str) -> Changes:
        """Its definition, what it is not, its narrative, or what it says for the question."""
        return self._record(themes.write(theme, field, words))

    def state_theme(self, theme: Theme, state: ThemeState, reason: str = "") -> Changes:
        """The theme came to a state, forwards or, with a reason, back."""
        return self._record(themes.state(theme, state, reason))

    def place_theme(self, theme: Theme, parent: Theme | None, after: str | None = None) -> Changes:
        """The theme stands under another or at the top, behind a sister (the last one if none is said)."""
        return self._record(themes.place(theme, parent, self.themes(), after))

    def move_theme(self, theme: Theme, way: str) -> Changes:
        """One step up, down, under the theme before it, or out."""
        return self._record(themes.moved(self.themes(), theme, way))

    def merge_themes(self, gone: Sequence[Theme], into: Theme, reason: str) -> Changes:
        """Themes go into one that stays, with codes, quotes and sub-themes."""
        return self._record(themes.merge(gone, into, reason))

    def split_theme(self, theme: Theme, parts: Mapping[str, Sequence[str]], reason: str) -> Changes:
        """New themes, each with some of its codes, take the place of one; quotes go with the codes of their place."""
        places = self.extracts(theme.codes) if theme.quotes else ()
        homes = {quote.id: _part_of(quote, parts, places) for quote in theme.quotes}
        return self._record(themes.split(theme, parts, self.themes(), reason, homes))

    def drop_theme(self, theme: Theme, reason: str) -> Changes:
        """Give a theme up, with the reason."""
        return self._record(themes.drop(theme, reason))

    def gather_codes(self, theme: Theme, codes: Sequence[str]) -> Changes:
        """Put codes under a theme, in one step."""
        known = {entry.id for entry in self.codebook().codes}
        return self._record([fact for code in dict.fromkeys(codes) for fact in themes.gather(theme, code, known)])

    def release_code(self, theme: Theme, code: str) -> Changes:
        """Take a code out of a theme."""
        return self._record(themes.release(theme, code))

    # --- quotes ------------------------------------------------------------------------------------------------

    def pick_quote(self, theme: Theme, transcript: str, start: int, end: int, words: str | None = None) -> Changes:
        """Pick a quote for a theme; given words must be what the transcript says there."""
        return self._record(themes.pick(theme, self.transcript(transcript), start, end, words))

    def drop_quote(self, theme: Theme, quote: str) -> Changes:
        """Drop a quote from a theme."""
        return self._record(themes.unpick(theme, quote))

    def quote(self, id_: str) -> Quote:
        """One quote, by id."""
        return themes.find_quote(self.themes(), id_)

    def use_quote(self, quote: Quote, use: QuoteUse) -> Changes:
        """Say whether the quote illustrates, or the argument rests on it."""
        return self._record(themes.use(quote, use))

    def move_quote(self, quote: Quote, theme: Theme, after: str | None = None) -> Changes:
        """The quote stands in a theme behind another of its quotes (the last one if none is said)."""
        return self._record(themes.move(quote, theme, after))

    def edit_quote(self, quote: Quote, words: str) -> Changes:
        """The quote is shown like this: […] for what is left out, [words] put in, everything else as it was said."""
        edits = themes.read_edits(quote, words)
        return self._record(themes.edit(quote, edits.cuts, edits.insertions))

    def cut_quote(
        self, quote: Quote, cuts: Sequence[tuple[int, int]], insertions: Sequence[tuple[int, str]] = ()
    ) -> Changes:
        """The same by places of the transcript; without any, the quote is whole again."""
        return self._record(themes.edit(quote, cuts, insertions))

    # --- starred extracts --------------------------------------------------------------------------------------

    def waiting_stars(self) -> tuple[Star, ...]:
        """What was starred while coding and waits for a theme, as far as the viewer may see it."""
        return tuple(themes.waiting(self.stars(), self.themes(), board.put_aside(self._db)))

    def stars_aside(self) -> tuple[Star, ...]:
        """The stars that were put aside, as far as the viewer may see them."""
        aside = board.put_aside(self._db)
        return tuple(star for star in self.stars() if star.id in aside)

    def pick_star(self, theme: Theme, star: Star) -> Changes:
        """The starred words become a quote of a theme; on a transcript that is still blind they wait."""
        if star.transcript not in self.opened():
            raise StillBlind
        return self.pick_quote(theme, star.transcript, star.start, star.end)

    def put_star_aside(self, star: Star, *, back: bool = False) -> Changes:
        """The star waits no longer, or waits again."""
        return self._record(themes.put_aside(star, board.put_aside(self._db), back=back))

    def star_named(self, id_: str) -> Star:
        """One star that the viewer may see, by id."""
        for star in self.stars():
            if star.id == id_:
                return star
        raise BadDecision("There is no such star that you may see.", "See: qualbench themes FOLDER stars")

    # --- what the board rests on -------------------------------------------------------------------------------

    def extracts(self, codes: Iterable[str]) -> tuple[model.Extract, ...]:
        """The settled places with any of these codes, in the order of the study."""
        wanted = frozenset(codes)
        found: list[model.Extract] = []
        texts: dict[str, Transcript] = {}
        for (transcript, start, end), here in self.settled().codes.items():
            if here & wanted:
                text = texts.setdefault(transcript, self.transcript(transcript))
                found.append(themes.extract(text, start, end, sorted(here)))
        return tuple(found)

    @property
    def themes_are_counted(self) -> bool:
        """Whether the method counts; reflexive analysis does not."""
        return not self.profile().counts_nothing

    def theme_overlaps(self) -> tuple[Overlap, ...]:
        """Every two themes that share settled segments, the closest first."""
        return themes.overlaps(self.themes(), self.settled().codes.values())

    def theme_checks(self, theme: Theme) -> tuple[Warned, ...]:
        """What to look at before a theme stands: too few transcripts, never held against the data, not distinct."""
        every = self.themes()
        return themes.checks(
            theme,
            self.extracts(themes.all_codes(every, theme)),
            self.theme_overlaps(),
            self.theme_steps(),
            {one.id: one.name for one in every},
            counts=self.themes_are_counted,
        )

    def theme_map(self) -> ThemeMap:
        """The map of the board: themes, sub-themes, codes, and which themes share segments."""
        book = self.codebook() if self.has_codebook() else None
        labels = {code.id: code.label for code in book.codes} if book else {}
        title, counts = f"Theme map: {self.study.name}", self.themes_are_counted
        return themes.theme_map(title, self.themes(), labels, self.theme_overlaps(), counts=counts)

    def write_map(self, target: Path, *, force: bool = False) -> None:
        """Write the theme map; the ending of the file says how: .svg, .dot, .mmd."""
        write_file(target, themes.draw(self.theme_map(), target.suffix), force=force)


def _part_of(quote: Quote, parts: Mapping[str, Sequence[str]], places: Sequence[model.Extract]) -> str:
    """The first part with a code of the place that a quote is from; empty when none has."""
    here = {
        code
        for one in places
        if one.transcript == quote.transcript and one.start < quote.end and quote.start < one.end
        for code in one.codes
    }
    return next((name for name, codes in parts.items() if here & set(codes)), "")
