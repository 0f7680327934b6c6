"""A small service of the concurrent service template, with FastAPI and uvicorn, for tests of clients.

It has the template's calls and answers: POST /control/execute, GET /control/status/ID, GET /control/output/ID, GET /health. It
prints its port on one line of JSON. The method Double is quick. The method Count takes a parameter `to`, works in a thread,
and fails where `fail_at` is reached. POST /forget makes it forget its tasks, as a restart does.
"""

import json
import socket
import threading
import time
from typing import Any, Optional

import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel


class Execute(BaseModel):
    method: str
    workflow_id: str
    task_id: str
    inputs: list = []
    parameters: dict = {}


app = FastAPI()
lock = threading.Lock()
tasks: dict = {}


def reference(name: str) -> dict:
    return {"protocol": "s3", "uri": f"s3://bucket/{name}.json", "format": "json"}


def report(task_id: str, **fields: Any) -> None:
    with lock:
        if task_id in tasks:
            tasks[task_id].update(fields)


def count(task_id: str, to: int, fail_at: Optional[int]) -> None:
    for done in range(1, to + 1):
        time.sleep(0.01)
        if done == fail_at:
            report(task_id, status="failed", error=f"cannot count beyond {done}")
            return
        report(task_id, progress=100 * done // to)
    report(task_id, status="complete", progress=100, output=reference(task_id))


@app.post("/control/execute")
def execute(request: Execute):
    answer = {"status": "complete", "task_id": None, "output": None, "error": None}
    if request.method == "Double":
        try:
            return {**answer, "output": reference(f"double-{2 * request.parameters['of']}")}
        except Exception as error:
            return {**answer, "status": "failed", "error": str(error)}
    if request.method != "Count":
        raise HTTPException(status_code=400, detail=f"Unknown method: {request.method}")
    with lock:
        tasks[request.task_id] = {"status": "running", "progress": 0, "error": None, "output": None}
    arguments = (request.task_id, int(request.parameters.get("to", 10)), request.parameters.get("fail_at"))
    threading.Thread(target=count, args=arguments, daemon=True).start()
    return {**answer, "status": "running", "task_id": request.task_id}


def find(task_id: str) -> dict:
    with lock:
        if task_id not in tasks:
            raise HTTPException(status_code=404, detail="Task not found")
        return dict(tasks[task_id])


@app.get("/control/status/{task_id}")
def status(task_id: str):
    task = find(task_id)
    return {name: task[name] for name in ("status", "progress", "error")}


@app.get("/control/output/{task_id}")
def output(task_id: str):
    task = find(task_id)
    if task["output"] is None:
        raise HTTPException(status_code=400, detail="Task not complete")
    return {"output": task["output"]}


@app.post("/forget")
def forget():
    with lock:
        tasks.clear()
    return {}


@app.get("/health")
def health():
    return {"status": "ok"}


if __name__ == "__main__":
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
