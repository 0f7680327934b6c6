"""A small service with the calls and messages of the Reflex task monitoring template, for tests of clients.

It stands on Python's standard library for REST and on Debian's python3-websockets for the WebSockets. It prints the ports of
both on one line of JSON. Its words are the template's own: PENDING, Starting, Processing, Finished and 'Error: reason'. A
WebSocket begins with `initial_state`, looks for changes every 50 ms, and gets all tasks where it follows one, as there.

POST /start/{client_token}/{kind} starts a task, which the template does from its page. GET /cut closes all WebSockets.
"""

import asyncio
import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import websockets

tasks = {}
sockets = set()
loop = asyncio.new_event_loop()


class TaskContext:
    def __init__(self, task):
        self.task = task

    async def update(self, progress, status):
        self.task.update(progress=progress, status=status)


def monitored(work):
    async def run(token):
        task = {"id": str(uuid.uuid4())[:8], "status": "Starting", "progress": 0, "created_at": time.monotonic()}
        tasks.setdefault(token, {})[task["id"]] = task
        asyncio.ensure_future(finish(task))
        return task

    async def finish(task):
        try:
            await work(TaskContext(task))
            task.update(status="Finished", progress=100)
        except Exception as error:
            task["status"] = f"Error: {error}"

    return run


@monitored
async def process(task):
    for batch in range(1, 6):
        await asyncio.sleep(0.15)
        await task.update(progress=batch * 20, status=f"Processing batch {batch}/5")


@monitored
async def fail(task):
    await task.update(progress=30, status="Processing")
    raise ValueError("no pole here")


KINDS = {"process": process, "fail": fail}


def state_of(token, task_id=None):
    own = tasks.get(token, {})
    if task_id is not None:
        return own.get(task_id)
    active = [task for task in own.values() if task["status"] in ("Starting", "Processing")]
    return {"active_tasks": active, "all_tasks": own}


class Rest(BaseHTTPRequestHandler):
    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        parts = self.path.strip("/").split("/")
        if parts == ["cut"]:
            asyncio.run_coroutine_threadsafe(cut(), loop).result()
            return self.answer(200, {})
        state = state_of(*parts[1:3])
        if state is None:
            return self.answer(500, {"detail": f"Error retrieving task status: 404: Task {parts[2]} not found"})
        self.answer(200, state)

    def do_POST(self):
        _, token, kind = self.path.strip("/").split("/")
        task = asyncio.run_coroutine_threadsafe(KINDS[kind](token), loop).result()
        self.answer(200, {"task_id": task["id"]})

    def log_message(self, *_):
        pass


async def cut():
    for socket in list(sockets):
        await socket.close(1001)


async def stream(socket, path):
    sockets.add(socket)
    parts = path.strip("/").split("/")[2:]
    try:
        state = state_of(*parts)
        if state is None:
            return await socket.send(json.dumps({"type": "error", "message": "Fatal error: 404: Task not found"}))
        before = json.dumps(state)
        await socket.send(json.dumps({"type": "initial_state", **json.loads(before)}))
        while True:
            await asyncio.sleep(0.05)
            now = json.dumps(state_of(parts[0]))
            if now != before:
                await socket.send(json.dumps({"type": "state_update", **json.loads(now)}))
                before = now
    except websockets.ConnectionClosed:
        pass
    finally:
        sockets.discard(socket)


async def main():
    rest = ThreadingHTTPServer(("127.0.0.1", 0), Rest)
    threading.Thread(target=rest.serve_forever, daemon=True).start()
    async with websockets.serve(stream, "127.0.0.1", 0) as server:
        ports = {"rest": rest.server_address[1], "socket": server.sockets[0].getsockname()[1]}
        print(json.dumps(ports), flush=True)
        await asyncio.Future()


asyncio.set_event_loop(loop)
loop.run_until_complete(main())
