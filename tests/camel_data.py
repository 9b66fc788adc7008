"""A recogniser and a morphology database small enough to be read, laid out as `camel_data` would install them.

The recogniser is a token classifier whose weights say for each word of its vocabulary whether it begins a person's name or
goes on with it; the database, in CAMeL's text format, knows a few stems and proclitics.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

# No list knows these; the first is known to the recogniser with its hamza only, which folding takes away.
BEGINS = ("أزكنبوت", "يرمقان", "بدر")
GOES_ON = ("فلطحوش", "وفلطح", "مسقط")
LABELS = ("O", "B-PERS", "I-PERS")

DATABASE = """\
###DEFINES###
DEFINE pos pos:noun_prop
DEFINE diac diac:*open*
DEFINE lex lex:*open*
DEFINE prc1 prc1:0 prc1:bi_prep prc1:li_prep
DEFINE prc2 prc2:0 prc2:wa_conj
###DEFAULTS###
DEFAULT pos:noun_prop prc1:0 prc2:0
DEFAULT pos:latin prc1:na prc2:na
###ORDER###
ORDER diac lex pos prc1 prc2
###TOKENIZATIONS###
TOKENIZATION diac
###STEMBACKOFF###
STEMBACKOFF NONE none none
###PREFIXES###
\tnone\tdiac: prc1:0 prc2:0
ب\tbi\tdiac:ب prc1:bi_prep prc2:0
و\twa\tdiac:و prc1:0 prc2:wa_conj
وب\twabi\tdiac:وب prc1:bi_prep prc2:wa_conj
ولل\twalil\tdiac:ولل prc1:li_prep prc2:wa_conj
###SUFFIXES###
\tend\tdiac:
###STEMS###
كبيرو\tname\tdiac:كبيرو lex:كبيرو pos:noun_prop prc1:0 prc2:0
وتشاد\tname\tdiac:وتشاد lex:وتشاد pos:noun_prop prc1:0 prc2:0
قطر\tplace\tdiac:قطر lex:قطر pos:noun_prop prc1:0 prc2:0
كويت\tplace\tdiac:كويت lex:كويت pos:noun_prop prc1:0 prc2:0
###TABLE AB###
none name
bi place
wa place
wabi place
walil place
none place
###TABLE BC###
name end
place end
###TABLE AC###
none end
bi end
wa end
wabi end
walil end
"""

NER_PATH, DATABASE_PATH = Path("data", "ner", "arabert"), Path("data", "morphology_db", "calima-msa-r13")
CATALOGUE = {
    "version": "1.6.0",
    "packages": {},
    "components": {
        "NamedEntityRecognition": {"default": "arabert", "datasets": {"arabert": {"path": "ner/arabert"}}},
        "MorphologyDB": {
            "default": "calima-msa-r13",
            "datasets": {"calima-msa-r13": {"path": "morphology_db/calima-msa-r13"}},
        },
    },
}


def write_catalogue(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "catalogue.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    return folder


def write_database(folder: Path, text: str = DATABASE) -> Path:
    (folder / DATABASE_PATH).mkdir(parents=True)
    (folder / DATABASE_PATH / "morphology.db").write_text(text, encoding="utf-8")
    return folder


def write_recogniser(folder: Path) -> Path:
    """A BERT without layers: a word's vector is 1 at its label, and the classifier gives back what it gets."""
    (folder / NER_PATH).mkdir(parents=True)
    words = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *BEGINS, *GOES_ON)
    size = len(LABELS)
    vectors = torch.zeros(len(words), size)
    for number, word in enumerate(words):
        vectors[number, 1 if word in BEGINS else 2 if word in GOES_ON else 0] = 1
    embeddings = "bert.embeddings"
    weights = {
        f"{embeddings}.word_embeddings.weight": vectors,
        f"{embeddings}.position_embeddings.weight": torch.zeros(256, size),
        f"{embeddings}.token_type_embeddings.weight": torch.zeros(2, size),
        f"{embeddings}.LayerNorm.weight": torch.ones(size),
        f"{embeddings}.LayerNorm.bias": torch.zeros(size),
        "classifier.weight": torch.eye(size),
        "classifier.bias": torch.zeros(size),
    }
    config = {
        "model_type": "bert", "vocab_size": len(words), "hidden_size": size, "num_hidden_layers": 0,
        "num_attention_heads": 1, "intermediate_size": 1, "max_position_embeddings": 256,
        "id2label": dict(enumerate(LABELS)), "label2id": {label: number for number, label in enumerate(LABELS)},
    }  # fmt: skip
    save_file(weights, folder / NER_PATH / "model.safetensors", metadata={"format": "pt"})
    for name, text in (
        ("config.json", json.dumps(config)),
        ("tokenizer_config.json", json.dumps({"do_lower_case": False})),
        ("vocab.txt", "".join(f"{word}\n" for word in words)),
    ):
        (folder / NER_PATH / name).write_text(text, encoding="utf-8")
    return folder
