"""Spreadsheets are handed in, followed and cancelled; bad rows come back; doubts are decided."""

from __future__ import annotations

import io
import json
import shutil
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from lianpu.api.operational.events import Event
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from .service import Served, caller, served

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GOOD = "企业名称,所在地区,主营产品\n芜湖试制电池有限公司,芜湖市,动力电池\n"
BAD = GOOD + "某公司,亚特兰蒂斯,动力电池\n"


@pytest.fixture(scope="module")
def service(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("imports") / "data")
    with served(Path(folder)) as found:
        yield found


@pytest.fixture(scope="module")
def office(service: Served) -> TestClient:
    """Somebody who may import, read and review."""
    return caller(service, "read", "import", "review")


def hand_in(office: TestClient, text: str, name: str = "企业名录.csv", **told: Any) -> Any:
    files = [("files", (name, text.encode(), "text/csv"))]
    return office.post("/v1/imports", files=files, data=told)


def finished(office: TestClient, key: str) -> dict[str, Any]:
    for _ in range(600):
        found: dict[str, Any] = office.get(f"/v1/imports/{key}").json()
        if found["finished"]:
            return found
        time.sleep(0.05)
    raise AssertionError(key)


def test_a_good_sheet_goes_in_and_the_next_snapshot_answers_from_it(office: TestClient) -> None:
    handed = hand_in(office, GOOD)
    assert handed.status_code == 202
    job = handed.json()
    assert handed.headers["location"] == f"/v1/imports/{job['id']}"
    result = finished(office, job["id"])["result"]
    assert result["created"] > 0 and result["rejected"] == 0
    found = office.get("/v1/enterprises", params={"q": "芜湖试制电池"}).json()
    assert found["total"] == 1 and found["snapshot"]["number"] == result["snapshot"]


def test_bad_rows_come_back_in_words_and_as_the_marked_workbook(office: TestClient) -> None:
    job = hand_in(office, BAD).json()["id"]
    result = finished(office, job)["result"]
    assert (result["rejected"], result["errors"]) == (1, 1)
    error = office.get(f"/v1/imports/{job}/errors").json()["errors"][0]
    assert (error["row"], error["value"]) == (3, "亚特兰蒂斯")
    english = office.get(f"/v1/imports/{job}/errors", headers={"Accept-Language": "en"}).json()
    assert english["errors"][0]["wrong"] != error["wrong"]
    marked = office.get(f"/v1/imports/{job}/errors", headers={"Accept": XLSX})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(marked.content)).get_sheet_by_index(0)
    assert "错误" in sheet.to_python()[0]


def test_a_strict_import_with_a_bad_row_fails_with_its_errors(office: TestClient) -> None:
    found = finished(office, hand_in(office, BAD, strict="true").json()["id"])
    assert found["state"] == "failed"
    assert found["problem"]["type"] == "/problems/rejected-rows"
    assert found["result"]["errors"] == 1


def test_a_file_that_is_none_fails_in_words(office: TestClient) -> None:
    found = finished(office, hand_in(office, "\0\1\2", "坏.xlsx").json()["id"])
    assert found["state"] == "failed" and "坏.xlsx" in found["problem"]["detail"]


def test_an_import_is_followed_as_events_to_its_end(office: TestClient) -> None:
    job = hand_in(office, GOOD).json()["id"]
    with office.stream("GET", f"/v1/imports/{job}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line]
    kinds = [line.removeprefix("event: ") for line in lines[::2]]
    assert kinds[-1] == "finished" and set(kinds[:-1]) <= {"progress"}
    assert json.loads(lines[-1].removeprefix("data: "))["state"] == "succeeded"


def test_what_waits_is_cancelled_at_once(office: TestClient) -> None:
    waiting = [hand_in(office, GOOD).json()["id"] for _ in range(4)][-1]
    assert office.post(f"/v1/imports/{waiting}/cancel").json()["state"] == "cancelled"
    assert finished(office, waiting)["result"] is None


def test_the_end_of_an_import_is_told_once(service: Served, office: TestClient) -> None:
    job = hand_in(office, GOOD).json()["id"]
    finished(office, job)
    with service.service.database.reading() as session:
        told = session.scalars(sa.select(Event).where(Event.subject == job)).all()
    assert [(each.type, each.data["state"]) for each in told] == [("import.finished", "succeeded")]


def test_a_county_sees_its_own_imports_only(service: Served, office: TestClient) -> None:
    wuhu = caller(service, "import", region="340200")
    hefei = caller(service, "import", region="340100")
    job = hand_in(wuhu, GOOD).json()["id"]
    assert wuhu.get(f"/v1/imports/{job}").status_code == 200
    assert hefei.get(f"/v1/imports/{job}").status_code == 403
    assert hefei.get("/v1/imports").json()["total"] == 0
    assert office.get("/v1/imports").json()["total"] > 0


def test_names_of_files_do_not_lead_out_of_their_folder(office: TestClient) -> None:
    job = hand_in(office, GOOD, "../../../etc/企业名录.csv").json()
    assert job["files"] == ["企业名录.csv"]


def test_a_name_in_doubt_waits_for_a_decision_and_then_goes_in(office: TestClient) -> None:
    doubtful = "企业名称,所在地区,主营产品\n国轩高科动力能源股份公司,合肥市,动力电池\n"
    finished(office, hand_in(office, doubtful).json()["id"])
    (review, *_) = office.get("/v1/reviews", params={"state": "open"}).json()["reviews"]
    assert review["rows"] == 1
    decided = office.post(f"/v1/reviews/{review['number']}/decision", json={"same": True}).json()
    assert decided["state"] == "same"
    assert finished(office, decided["job"])["state"] == "succeeded"
