"""Checks retrain.py against a small trainer of its own that misbehaves as told: python3 retrain_check.py"""

import json
import os
import socket
import struct
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import retrain

RESET, HANG_UP, HALF, DOWN = "reset", "hang up", "half an answer", "503"
ROW = {"run_id": "r1", "status": "success", "error_message": None, "model_version": "v"}


class Trainer(BaseHTTPRequestHandler):
    """Answers from a script: per method a list of statuses, bodies or misdeeds; the last one stays."""

    script = {}
    asked = []

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        Trainer.asked.append((self.command, self.path.removeprefix("/api/v1/retrain")))
        todo = Trainer.script[self.command if self.command != "GET" or "?" not in self.path else "LIST"]
        what = todo.pop(0) if len(todo) > 1 else todo[0]
        if what == RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif what != HANG_UP:
            code, body = (503, {}) if what == DOWN else (200, ROW) if what == HALF else what
            text = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text[: len(text) // 2] if what == HALF else text)
        self.close_connection = True

    do_GET = do_POST = do_DELETE = answer

    def log_message(self, *_):
        pass


class RetrainCheck(unittest.TestCase):
    def setUp(self):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Trainer)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        os.environ["TRAINER_URL"] = f"http://127.0.0.1:{server.server_port}"
        os.environ["OPERATOR_TOKEN"] = "t"
        retrain.PAUSE_SECONDS = 0.01
        retrain.PATIENCE_SECONDS = 5
        Trainer.asked = []
        Trainer.script = {
            "POST": [(202, {"run_id": "r1"})],
            "GET": [(200, ROW | {"status": "running"}), (200, ROW)],
            "LIST": [(200, {"items": [ROW | {"status": "running"}]})],
            "DELETE": [(202, ROW)],
        }

    def asked(self, method):
        return [path for asked, path in Trainer.asked if asked == method]

    def test_lost_connections_do_not_end_a_healthy_run(self):
        Trainer.script["GET"] = [RESET, HANG_UP, HALF, DOWN, RESET, (200, ROW)]
        self.assertEqual(retrain.run()["status"], "success")
        self.assertEqual(self.asked("DELETE"), [])
        self.assertEqual(len(self.asked("GET")), 6)

    def test_a_trainer_not_heard_of_for_too_long_is_unheard_and_its_run_is_left_alone(self):
        retrain.PATIENCE_SECONDS = 0.1
        Trainer.script["GET"] = [RESET]
        with self.assertRaises(retrain.Unheard):
            retrain.run()
        self.assertEqual(self.asked("DELETE"), [])

    def test_a_run_under_way_is_waited_for_and_is_not_ours_to_abort(self):
        Trainer.script["POST"] = [(409, {"detail": "run r1 is under way"})]
        self.assertEqual(retrain.run()["run_id"], "r1")
        Trainer.script["GET"] = [(200, ROW | {"status": "running"})]
        self.kill_while_waiting()
        self.assertEqual(self.asked("DELETE"), [])

    def test_a_start_whose_answer_was_lost_is_taken_up(self):
        Trainer.script["POST"] = [RESET, (409, {})]
        self.assertEqual(retrain.run()["run_id"], "r1")

    def test_a_run_that_ended_between_refusal_and_list_makes_room_for_the_next(self):
        Trainer.script["POST"] = [(409, {}), (202, {"run_id": "r2"})]
        Trainer.script["LIST"] = [(200, {"items": [ROW]})]
        retrain.run()
        self.assertEqual(self.asked("GET")[-1], "/r2")

    def test_our_run_is_aborted_when_the_task_is_killed(self):
        Trainer.script["GET"] = [(200, ROW | {"status": "running"})]
        Trainer.script["DELETE"] = [RESET, (409, {"detail": "ended"})]
        self.kill_while_waiting()
        self.assertEqual(self.asked("DELETE"), ["/r1", "/r1"])

    def kill_while_waiting(self):
        sleep = retrain.time.sleep

        def killed(_):
            retrain.time.sleep = sleep
            raise KeyboardInterrupt

        retrain.time.sleep = killed
        with self.assertRaises(KeyboardInterrupt):
            retrain.run()

    def test_each_end_has_its_exception(self):
        for status, exception in (("failed", retrain.Failed), ("aborted", retrain.Aborted)):
            Trainer.script["GET"] = [(200, ROW | {"status": status})]
            with self.assertRaises(exception):
                retrain.run()
        Trainer.script["POST"] = [(401, {})]
        with self.assertRaises(retrain.Refused):
            retrain.run()

    def test_exit_codes_of_the_command_line_say_whether_to_try_again(self):
        ends = {1: retrain.Failed, 2: retrain.Refused, 3: retrain.Busy, 4: retrain.Refused, 5: retrain.Aborted}
        for code, exception in ends.items():
            with self.assertRaises(exception):
                retrain.run_command([sys.executable, "-c", f"raise SystemExit({code})"])
        with self.assertRaises(retrain.Failed):
            retrain.run_command([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])
        retrain.run_command([sys.executable, "-c", ""])


if __name__ == "__main__":
    unittest.main()
