"""A CSV that nobody has prepared goes from `init` to `export` without an edit, and its leak is reported."""

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import pytest

pytest.importorskip("onnxruntime")

ROWS = 600


def customers(seed):
    """Rows with texts, gaps, dates, truth values, free text, an ID, an empty column, and a leak with gaps."""
    rng = np.random.default_rng(seed)
    for number in range(ROWS):
        joined = date(2019, 1, 1) + timedelta(days=int(rng.integers(1800)))
        city, size, age = rng.choice(["Ulm", "Bonn", "Köln, West"]), rng.gamma(3, 2), rng.integers(18, 90)
        member = rng.random() < 0.5
        season = np.sin(2 * np.pi * joined.timetuple().tm_yday / 365)
        leaves = size / 3 - age / 30 + 1.5 * (city == "Bonn") + season + member + rng.normal(0, 0.3) > 0.6
        yield {
            "customer_id": 10007 + 3 * number,
            "joined": "" if rng.random() < 0.05 else joined.strftime("%d.%m.%Y"),
            "last seen": f"{joined + timedelta(days=90)} {rng.integers(24):02}:{rng.integers(60):02}",
            "city": "" if rng.random() < 0.05 else city,
            "age": rng.choice(["", "NA", "?"]) if rng.random() < 0.08 else age,
            "order size": f"{size:.3f}",
            "member": "" if rng.random() < 0.03 else str(member).lower(),
            "comment": f"called on {rng.integers(10**9)}, was friendly",
            "fax": "",
            "refund": "" if rng.random() < 0.1 else "sent" if leaves else "none",
            "left": "yes" if leaves else "no",
            "spent": f"{np.exp(size / 4 + season):.2f}",
        }


@pytest.fixture(params=[("left", 0), ("left", 1), ("spent", 2)], ids=lambda param: f"{param[0]}-{param[1]}")
def story(request, here):
    """Write the file, for a class or for a quantity, and return what is to be predicted."""
    target, seed = request.param
    rows = list(customers(seed))
    for row in rows:
        if target == "spent":
            row["refund"] = f"{0.19 * float(row['spent']):.2f}"  # the tax on it
        del row[{"left": "spent", "spent": "left"}[target]]
    with (here / "new.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return target


def test_the_whole_way(cli, here, story):
    assert cli(f"init mine.yaml --data new.csv --target {story}").status == 0
    config = (here / "mine.yaml").read_text(encoding="utf-8")
    assert "drop: [customer_id, comment, fax]" in config

    checked = cli("check mine.yaml --json")
    assert checked.status == 1
    problems = [finding for finding in checked.json["findings"] if finding["level"] == "problem"]
    assert [finding["id"] for finding in problems] == ["target_leak"]
    assert "`refund`" in problems[0]["title"]

    assert cli("train mine.yaml").status == 0
    assert cli("diagnose --json").json["verdict"]
    assert cli("report --json").status == 0
    assert "</html>" in (here / "runs/mine-0002/report.html").read_text(encoding="utf-8")
    assert cli("export --out mine.onnx").status == 0
    assert_the_graph_predicts_as_we_do(cli, here)


def test_the_check_gives_the_line_that_mends_it(cli, here, story):
    cli(f"init mine.yaml --data new.csv --target {story}")
    (leak,) = [f for f in cli("check mine.yaml --json").json["findings"] if f["id"] == "target_leak"]
    key, columns = re.fullmatch(r"(data\.drop): (\[.*\])", leak["fix"]).groups()
    mended = cli(f"check mine.yaml --json -S '{key}={columns}'")
    assert (mended.status, mended.json["passed"]) == (0, True)
    trained = cli(f"train mine.yaml --json -S '{key}={columns}'").json
    assert trained["dev"]["error"] < 0.35
    assert cli("export --out mine.onnx").status == 0
    assert_the_graph_predicts_as_we_do(cli, here)


def assert_the_graph_predicts_as_we_do(cli, here):
    """Run the receiver's README on the same file, and hold it against `predict`."""
    readme = (here / "mine.onnx.README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", readme, re.DOTALL)[1]
    named = "probabilities" if "probabilities" in readme else "prediction"
    code += f"\nimport sys; json.dump({named}.tolist(), sys.stdout)"
    done = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, text=True, check=True)
    theirs = np.array(json.loads(done.stdout))
    ours = list(csv.DictReader(io.StringIO(cli("predict --data new.csv").out)))
    columns = [name for name in ours[0] if name.startswith(("probability", "prediction"))]
    if named == "probabilities":
        columns = [name for name in columns if name != "prediction"]
    expected = np.array([[float(row[name]) for name in columns] for row in ours])
    scale = max(1.0, float(np.abs(expected).std()))
    np.testing.assert_allclose(theirs.reshape(expected.shape) / scale, expected / scale, atol=1e-5)
