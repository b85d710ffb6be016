"""Trained runs of every kind of data and target."""

import csv

import numpy as np
import pytest

import dlrecipe

COLORS = ["rot", "blau", "grün, hell", 'sch"warz']


def messy_rows(n=400, seed=0):
    """A table with gaps, texts, a far-off and a tiny column."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(n):
        age, color, far = rng.integers(18, 90), rng.choice(COLORS), 1.7e9 + rng.normal() * 50
        score = age / 40 + (color == "rot") + rng.normal() * 0.3 + (far - 1.7e9) / 50
        rows.append(
            {
                "age": "" if rng.random() < 0.05 else str(age),
                "time stamp": f"{far:.3f}",
                "farbe": "" if rng.random() < 0.05 else color,
                "größe|x": rng.choice(["S", "M", "L"]),
                "tiny": repr(float(rng.normal() * 1e-35)),
                "when": ""
                if rng.random() < 0.05
                else f"{rng.integers(1, 29)}.{rng.integers(1, 13)}.19{rng.integers(60, 99)}",
                "seen": f"2024-03-{rng.integers(1, 29):02} {rng.integers(24):02}:{rng.integers(60):02}",
                "member": "" if rng.random() < 0.05 else rng.choice(["true", "false"]),
                "label": "ja" if score > 2.5 else "nein" if rng.random() < 0.7 else "viel leicht",
                "two": "1" if score > 1.9 else "0",
                "price": f"{1e5 * score:.2f}",
            }
        )
    return rows


def write_table(path, rows, *without):
    """Write a CSV file without some columns."""
    names = [name for name in rows[0] if name not in without]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def train(tmp_path):
    """Train on the messy table or on another source."""

    def trained(source=None, target="label", **overrides):
        if source is None:
            source = str(tmp_path / "messy.csv")
            targets = {"label", "two", "price"} - {target}
            write_table(tmp_path / "messy.csv", messy_rows(), *targets)
        file = tmp_path / "c.yaml"
        file.write_text("network: {layers: [12, 6]}\ntraining: {epochs: 8, learning_rate: 0.01}\n")
        data = {"source": source, "missing": "median", **({"target": target} if target else {})}
        changes = {f"data.{key}": value for key, value in data.items()}
        changes |= {key.replace("__", "."): value for key, value in overrides.items()}
        return dlrecipe.train(dlrecipe.load_config(file, changes), tmp_path / "runs")

    return trained
