#!/usr/bin/env python3
"""Makes gpu-models.txt, the table behind io.tangram.api.catalog, from a JSON file of MIG facts.

    python3 gpu_models.py mig-profiles.json > ../resources/io/tangram/api/catalog/gpu-models.txt

The JSON stays the place where facts and their sources are collected; the table is what the library
reads, so that it needs no JSON. Facts are copied, never filled in: what has no source is written "?".
Left out: NVML profile names, least driver versions and memory fractions, which nothing reads.
"""

import json
import re
import sys

HEADER = """\
# GPU models with their MIG profiles and placements.
#
# Made by src/main/scripts/gpu_models.py; change the facts there, then run it again.
#
# One fact a line, a keyword and its value. "model" begins a model; lines up to the next one are its
# own. "?" stands for what no source says.
#
#   model KEY
#   architecture TEXT
#   memory-gb N              nominal, as in the name
#   compute-slices N
#   memory-slices N          the units of placements
#   verified yes|no          whether the placements come from nvidia-smi, the MIG User Guide, or a
#                            driver's table; otherwise they are inferred or absent
#   confidence TEXT
#   placements-from TEXT     what the placements rest on
#   product TEXT             a product name as the driver reports it
#   alias TEXT               a board of the same layout
#   pci-device TEXT
#   source TEXT
#   disagreement TEXT        where sources differ, and what was kept
#   note TEXT
#   profile NAME ID COMPUTE-SLICES MEMORY-SLICES MEMORY-MIB MULTIPROCESSORS COPY-ENGINES DECODERS
#           ENCODERS JPEG-ENGINES OFA-ENGINES MAX-INSTANCES STARTS:SIZE    (all on one line)
#
# Sources give memory in GiB with two decimals; MEMORY-MIB is the one multiple of 64 MiB that is
# written so. Amounts are those of one instance. Starts and size are in memory slices.
#
# Rules of MIG that the facts follow:
"""


def shown(value):
    return "?" if value is None else str(value)


def mebibytes(gibibytes):
    """The multiple of 64 MiB that reads as this many GiB when rounded to two decimals."""
    if gibibytes is None:
        return None
    amount = round(gibibytes * 16) * 64
    if abs(amount / 1024 - gibibytes) > 0.00501:
        raise ValueError(f"{gibibytes} GiB is no multiple of 64 MiB")
    return amount


def placements(profile):
    """Starts and size as nvidia-smi mig -lgipp writes them, without its braces."""
    if not profile["placements"]:
        return "?"
    sizes = {placement["size"] for placement in profile["placements"]}
    if len(sizes) != 1:
        raise ValueError(f"placements of {profile['name']} differ in size")
    starts = ",".join(str(placement["start"]) for placement in profile["placements"])
    return f"{starts}:{sizes.pop()}"


def profile_line(profile):
    fields = [
        profile["profileId"],
        profile["computeSlices"],
        profile["memorySlices"],
        mebibytes(profile["memoryGiB"]),
        profile["smCount"],
        profile["copyEngines"],
        profile["decoders"],
        profile["encoders"],
        profile["jpeg"],
        profile["ofa"],
        profile["maxInstances"],
    ]
    values = " ".join(shown(field) for field in fields)
    return f"profile {profile['name']} {values} {placements(profile)}"


def text(value):
    """One line, without the ids of a search index that a few sources carry."""
    line = re.sub(r" \(ids? [\d, ]+\)", "", " ".join(value.split()))
    return line.replace("(, ", "(")


def alias_and_device(alias):
    """Splits "H20-96GB (0x232910DE)" into the board and its PCI device id."""
    match = re.fullmatch(r"(.*) \((0x[0-9A-F]{8})\)", alias)
    return match.groups() if match else (alias, None)


def model_lines(model):
    aliases = [alias_and_device(alias) for alias in model["aliases"]]
    yield f"model {model['key']}"
    yield f"architecture {model['architecture']}"
    yield f"memory-gb {shown(model['memoryGB'])}"
    yield f"compute-slices {shown(model['computeSlices'])}"
    yield f"memory-slices {shown(model['memorySlices'])}"
    yield f"verified {'yes' if model['verified'] else 'no'}"
    yield f"confidence {model['confidence']}"
    yield f"placements-from {text(model['placementBasis'])}"
    for keyword, values in [
        ("product", model["driverProductNames"]),
        ("alias", [alias for alias, _ in aliases]),
        ("pci-device", model["pciDeviceIds"] + [device for _, device in aliases if device]),
        ("source", model["source"]),
        ("disagreement", model["disagreements"]),
        ("note", model["notes"]),
    ]:
        for value in values:
            yield f"{keyword} {text(value)}"
    for profile in model["profiles"]:
        yield profile_line(profile)


def main(path):
    with open(path, encoding="utf-8") as file:
        facts = json.load(file)
    if facts["schema"] != 1:
        raise ValueError(f"schema {facts['schema']} is not known; this script reads schema 1")
    out = [HEADER.rstrip("\n")]
    out += [f"# - {rule}" for rule in facts["rules"]]
    for model in facts["models"]:
        out.append("")
        out += model_lines(model)
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: gpu_models.py FACTS.json > gpu-models.txt")
    main(sys.argv[1])
