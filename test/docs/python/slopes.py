import os
import threading
import time

import uvicorn
from fastapi import FastAPI, HTTPException

app = FastAPI()
lock = threading.Lock()
tasks = {}


def slopes(parameters, report):
    """Your work: it reports percent, and returns GeoJSON or any other JSON."""
    steps = int(parameters.get("steps", 20))
    for step in range(1, steps + 1):
        time.sleep(0.1)
        report(100 * step // steps)
    point = {"type": "Point", "coordinates": [0.1235, 52.2053]}
    feature = {"type": "Feature", "id": 1, "geometry": point, "properties": {"name": "Steepest"}}
    return {"type": "FeatureCollection", "features": [feature]}


METHODS = {"Slopes": slopes}


def change(task_id, **fields):
    with lock:
        tasks[task_id].update(fields)


def run(task_id, work, parameters):
    try:
        output = work(parameters, lambda percent: change(task_id, progress=percent))
        change(task_id, status="complete", progress=100, output=output)
    except Exception as error:
        change(task_id, status="failed", error=str(error))


@app.post("/control/execute")
def execute(request: dict):
    task_id, work = request["task_id"], METHODS.get(request["method"])
    if work is None:
        raise HTTPException(400, f"Unknown method: {request['method']}")
    with lock:
        is_new = task_id not in tasks
        if is_new:
            tasks[task_id] = {"status": "running", "progress": 0, "error": None, "output": None}
    if is_new:
        arguments = (task_id, work, request.get("parameters", {}))
        threading.Thread(target=run, args=arguments, daemon=True).start()
    return {"status": "running", "task_id": task_id}


def find(task_id):
    with lock:
        if task_id not in tasks:
            raise HTTPException(404, "Task not found")
        return dict(tasks[task_id])


@app.get("/control/status/{task_id}")
def status(task_id: str):
    task = find(task_id)
    return {"status": task["status"], "progress": task["progress"], "error": task["error"]}


@app.get("/control/output/{task_id}")
def output(task_id: str):
    task = find(task_id)
    if task["status"] != "complete":
        raise HTTPException(400, "Task not complete")
    return {"output": task["output"]}


if __name__ == "__main__":
    uvicorn.run(app, port=int(os.environ.get("PORT", "8090")))
