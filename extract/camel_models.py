"""CAMeL Tools' models as voters, for whoever has installed their data with `camel_data` and asks for them.

    the recogniser sees a person right after a title     -> may say where a name that no list knows ends
    the analyser reads a word without a proclitic only    -> the word is not split into proclitic and phrase

A vote only settles what the rules guess. Each of the two votes if its data is there. Nothing heavy is imported, and no
file is opened, before `load_models`; nothing is ever fetched.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extract.errors import RawabitError
from extract.fold import FoldedText
from extract.lexicon import Hit

_CATALOGUE = "catalogue.json"
_NER, _MORPHOLOGY = "NamedEntityRecognition", "MorphologyDB"  # as the catalogue calls them
_MODEL_FILE, _DATABASE_FILE = "config.json", "morphology.db"
_NER_PACKAGE, _MORPHOLOGY_PACKAGE = "ner-arabert", "morphology-db-msa-r13"
_INSTALL_NER, _INSTALL_MORPHOLOGY = f"`camel_data -i {_NER_PACKAGE}`", f"`camel_data -i {_MORPHOLOGY_PACKAGE}`"

# Read once, when the libraries are imported: models come from the disk or not at all, with no bars among our lines.
_SETTINGS = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
_ANALYSES_KEPT = 20_000  # words whose analyses are remembered: the commonest of a large corpus

_ARTICLE, _LAMS = "\u0627\u0644", "\u0644\u0644"
# How the values of the analyser's features of proclitics begin, for each letter that the lexicons split off.
_FEATURES = ("prc1", "prc2")
_VALUES = {"\u0648": ("wa_",), "\u0641": ("fa_",), "\u0628": ("bi_",), "\u0644": ("li_", "la_"), "\u0643": ("ka_",)}
_NO_ANALYSIS = ("foreign", "digit", "punc")  # what the analyser answers for words that it does not look up


@dataclass(frozen=True, slots=True)
class CamelData:
    """Where the user's data is: the folder of the catalogue, a recogniser's folder, a morphology database's file.

    As text: what votes, and by which command what is absent is installed.
    """

    folder: Path
    recogniser: Path | None
    database: Path | None

    def __str__(self) -> str:
        names = f"names by {self.recogniser.name}" if self.recogniser else f"no names ({_INSTALL_NER})"
        clitics = f"clitics by {self.database.parent.name}" if self.database else f"no clitics ({_INSTALL_MORPHOLOGY})"
        return f"{names}, {clitics}"


@dataclass(frozen=True, slots=True, eq=False)
class CamelModels:
    """What votes: a `camel_tools` NERecognizer, an Analyzer, or both."""

    recogniser: Any | None
    analyser: Any | None

    def find_persons(self, words: Sequence[str]) -> dict[int, int]:
        """Map the first word of each person named in a sentence, given as its words, to the index after the last."""
        if self.recogniser is None or not words:
            return {}
        labels = self.recogniser.predict_sentence(list(words))
        if len(labels) != len(words):  # a word of which its tokenizer made nothing: the labels cannot be placed
            return {}
        found: dict[int, int] = {}
        first = -1
        for index, label in enumerate(labels):
            if label == "B-PERS" or (label == "I-PERS" and first < 0):
                first = index
            elif label != "I-PERS":
                first = -1
            if first >= 0:
                found[first] = index + 1
        return found

    def may_split(self, word: str, proclitics: str) -> bool:
        """Whether a word may begin with these proclitics (letters, in order): some analysis has them all, or there is none.

        Meant to refuse ka- in a name that the database knows as a whole only; not in a word that it does not know.
        """
        if self.analyser is None:
            return True
        analyses = [a for a in self.analyser.analyze(word) if a.get("source") not in _NO_ANALYSIS]
        return not analyses or any(all(_has(a, letter) for letter in proclitics) for a in analyses)


def _has(analysis: dict[str, Any], proclitic: str) -> bool:
    return any(str(analysis.get(feature)).startswith(_VALUES[proclitic]) for feature in _FEATURES)


def refused_splits(folded: FoldedText, hits: Iterable[Hit], models: CamelModels) -> tuple[Hit, ...]:
    """Return the hits that stand behind a proclitic which their word, as the source writes it, cannot have."""
    refused = []
    for hit in hits:
        proclitics = _proclitics(folded.text[hit.word_start : hit.start])
        if not proclitics:
            continue
        space = folded.text.find(" ", hit.start, hit.end)
        word = folded.written(hit.word_start, hit.end if space < 0 else space)
        if not models.may_split(word, proclitics):
            refused.append(hit)
    return tuple(refused)


def _proclitics(prefix: str) -> str:
    """Return what a hit's prefix holds beside the article, of which li- leaves one letter."""
    return prefix[:-1] if prefix.endswith(_LAMS) else prefix.removesuffix(_ARTICLE)


def find_data() -> CamelData:
    """Find the data that `camel_data` has installed, in $CAMELTOOLS_DATA or its own folder in the home.

    Raises RawabitError, with the commands that install it, where there is neither a recogniser nor a database.
    """
    folder = _data_folder()
    catalogue = folder / _CATALOGUE
    if not catalogue.is_file():
        raise RawabitError(
            f"no CAMeL Tools data is installed in {folder}: {_INSTALL_NER} installs a model of names, "
            f"{_INSTALL_MORPHOLOGY} a morphology database"
        )
    try:
        components = json.loads(catalogue.read_text(encoding="utf-8"))["components"]
        recogniser = _installed(folder, components.get(_NER), _MODEL_FILE)
        database = _installed(folder, components.get(_MORPHOLOGY), _DATABASE_FILE)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise RawabitError(
            f"{catalogue} is no catalogue of CAMeL Tools ({fault!r}): remove it, and {_INSTALL_NER} fetches it anew"
        ) from fault
    if recogniser is None and database is None:
        raise RawabitError(
            f"{folder} holds neither a model of names nor a morphology database of CAMeL Tools: "
            f"{_INSTALL_NER} installs the one, {_INSTALL_MORPHOLOGY} the other"
        )
    return CamelData(folder, recogniser.parent if recogniser else None, database)


def _data_folder() -> Path:
    """The folder that CAMeL Tools would take; asking CAMeL Tools itself would have it fetch its catalogue."""
    told = os.environ.get("CAMELTOOLS_DATA")
    if told is not None:
        return Path(told).expanduser().absolute()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def _installed(folder: Path, component: dict[str, Any] | None, file: str) -> Path | None:
    """The file of a component's default data set, if it is there."""
    if component is None:
        return None
    path: Path = folder / "data" / component["datasets"][component["default"]]["path"] / file
    return path if path.is_file() else None


@lru_cache(maxsize=1)
def load_models(data: CamelData) -> CamelModels:
    """Load what votes, once a process: seconds, and memory of the size of the data; RawabitError if it is damaged."""
    os.environ.update(_SETTINGS, CAMELTOOLS_DATA=str(data.folder))
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # workers share the cores already
    return CamelModels(
        recogniser=_load(_open_recogniser, data.recogniser, _NER_PACKAGE),
        analyser=_load(_open_analyser, data.database, _MORPHOLOGY_PACKAGE),
    )


def _load(opener: Callable[[str], Any], path: Path | None, package: str) -> Any | None:
    if path is None:
        return None
    try:
        return opener(str(path))
    except Exception as fault:  # damaged files raise whatever their readers come upon
        raise RawabitError(
            f"{path} cannot be loaded ({fault!r:.200}): `camel_data -f -i {package}` installs it anew"
        ) from fault


# Imported where they are used: seconds that a run without models does not spend, and `camel_tools.data`, which both import,
# fetches a catalogue from the network where the data folder has none.


def _open_recogniser(path: str) -> Any:
    from camel_tools.ner import NERecognizer  # noqa: PLC0415

    return NERecognizer(path, use_gpu=False)  # the same sums on every machine


def _open_analyser(path: str) -> Any:
    from camel_tools.morphology.analyzer import Analyzer  # noqa: PLC0415
    from camel_tools.morphology.database import MorphologyDB  # noqa: PLC0415

    return Analyzer(MorphologyDB(path), cache_size=_ANALYSES_KEPT)
